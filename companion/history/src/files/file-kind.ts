import { MAX_CAPTURE_BYTES, MAX_VIDEO_BYTES } from '@touchstone/shared';

export type FileKind = 'picture' | 'video';

/** Endings of the containers that the companion reads, and of one that it refuses by name; browsers know few of their types. */
const VIDEO_ENDINGS = ['mp4', 'm4v', 'mov', 'webm', 'mkv', 'avi'] as const;

/** What a file picker offers for videos, and for both kinds. */
export const ACCEPTED_VIDEOS: readonly string[] = ['video/*', ...VIDEO_ENDINGS.map((ending) => `.${ending}`)];
export const ACCEPTED_TYPES: readonly string[] = ['image/*', ...ACCEPTED_VIDEOS];

/** Bytes a file of each kind may have. */
export const MAX_BYTES: Readonly<Record<FileKind, number>> = { picture: MAX_CAPTURE_BYTES, video: MAX_VIDEO_BYTES };

/** Whether a file goes the way of videos. The companion looks at the bytes; this only chooses who looks. */
export function fileKind(file: Pick<File, 'name' | 'type'>): FileKind {
  if (file.type.startsWith('video/')) return 'video';
  if (file.type.startsWith('image/')) return 'picture';
  const ending = file.name.toLowerCase().split('.').at(-1);
  return VIDEO_ENDINGS.some((known) => known === ending) ? 'video' : 'picture';
}
