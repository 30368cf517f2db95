import type { Dirent, Stats } from 'node:fs';
import { open, opendir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { FOREIGN_VIDEO_BYTES, isForeignVideo, isVideo, VIDEO_EXTENSIONS } from '@touchstone/shared/media';
import { sniffFormat } from '../../intake/sniff.ts';
import { animationOf } from '../../video-file/decode-animation.ts';
import { givenPath } from '../terminal/given-path.ts';

/** One thing to check: `-` is standard input. */
export interface Candidate {
  /** As a person named it: the path given, or the folder given with the rest of the way. */
  readonly name: string;
  /** Checked frame by frame instead of being read into memory. */
  readonly video?: boolean;
  /** Set when the file cannot be read, found out on the way. */
  readonly unreadable?: unknown;
}

/** Bytes that tell a container by its magic numbers. */
export const HEAD_BYTES = FOREIGN_VIDEO_BYTES;

/** A file called like a picture is checked even where its bytes deny it, so that damage is reported. */
const PICTURE_EXTENSIONS = new Set(
  '.jpg .jpeg .jpe .jfif .png .webp .avif .gif .tif .tiff .bmp .heic .heif'.split(' '),
);

/** Raw files of cameras (many are a TIFF whose first picture is a tiny preview), songs, and pictures that nothing here reads. */
const LEFT_OUT_EXTENSIONS = new Set(
  '.cr2 .cr3 .crw .nef .nrw .arw .srf .sr2 .dng .raf .orf .rw2 .pef .srw .3fr .iiq .x3f .m4a .m4b .mp3 .aac .flac .ogg .opus .wav .wma .aiff .jxl .jp2 .psd .xcf'.split(
    ' ',
  ),
);

/**
 * Every file to check, in the order of the arguments; folders are walked to their ends in the order of names. Files
 * named by a person are always there; inside a folder what is neither picture nor video is left out.
 * @param onLeftOut hears of raw files, songs and pictures of formats that are not read
 */
export async function* findFiles(
  paths: readonly string[],
  signal: AbortSignal,
  onLeftOut: (name: string) => void = () => undefined,
): AsyncGenerator<Candidate> {
  for (const path of paths) {
    if (path === '-') yield { name: path };
    else if ((await statOf(path))?.isDirectory()) yield* walk(path, signal, onLeftOut);
    else yield await named(path);
  }
}

/** What a person named is judged by its bytes; where these say nothing, by its name, so that damage is reported. */
export async function named(name: string): Promise<Candidate> {
  if (!(await statOf(name))?.isFile()) return { name };
  try {
    const head = await headOf(name);
    if (isVideo(head) || isForeignVideo(head) || (!isPicture(head) && hasVideoName(name))) return { name, video: true };
    if (await isAnimated(name, head)) return { name, video: true };
  } catch {
    // Whoever reads it will say why it cannot be read.
  }
  return { name };
}

async function statOf(path: string): Promise<Stats | undefined> {
  return stat(givenPath(path)).catch(() => undefined);
}

async function* walk(
  folder: string,
  signal: AbortSignal,
  onLeftOut: (name: string) => void,
): AsyncGenerator<Candidate> {
  let entries: Dirent[];
  try {
    entries = await entriesOf(folder);
  } catch (unreadable) {
    yield { name: folder, unreadable };
    return;
  }
  for (const entry of entries) {
    signal.throwIfAborted();
    const path = join(folder, entry.name);
    // Links to folders are not followed: they can lead in circles.
    if (entry.isDirectory()) yield* walk(path, signal, onLeftOut);
    else if (entry.isFile() || (entry.isSymbolicLink() && (await statOf(path))?.isFile())) {
      if (LEFT_OUT_EXTENSIONS.has(extname(path).toLowerCase())) {
        onLeftOut(path);
        continue;
      }
      const candidate = await candidateAt(path);
      if (candidate) yield candidate;
    }
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries: Dirent[] = [];
  for await (const entry of await opendir(givenPath(folder))) entries.push(entry);
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

const hasVideoName = (name: string): boolean => VIDEO_EXTENSIONS.has(extname(name).toLowerCase());

async function candidateAt(name: string): Promise<Candidate | undefined> {
  try {
    const head = await headOf(name);
    if (isVideo(head) || isForeignVideo(head) || (await isAnimated(name, head))) return { name, video: true };
    if (isPicture(head) || PICTURE_EXTENSIONS.has(extname(name).toLowerCase())) return { name };
    return hasVideoName(name) ? { name, video: true } : undefined;
  } catch (unreadable) {
    return { name, unreadable };
  }
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(givenPath(path));
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function isPicture(head: Uint8Array): boolean {
  try {
    sniffFormat(head);
    return true;
  } catch {
    return false;
  }
}

/** Formats that may move; the others need no second look. */
const ANIMATED_FORMATS: ReadonlySet<string> = new Set(['gif', 'webp']);

/** Whether a file that begins so may have to be checked frame by frame. */
export function mayMove(head: Uint8Array): boolean {
  if (isVideo(head)) return true;
  try {
    return ANIMATED_FORMATS.has(sniffFormat(head));
  } catch {
    return false;
  }
}

async function isAnimated(name: string, head: Uint8Array): Promise<boolean> {
  try {
    return ANIMATED_FORMATS.has(sniffFormat(head)) && (await animationOf(givenPath(name))) !== undefined;
  } catch {
    return false;
  }
}
