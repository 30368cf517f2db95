import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a clip is known to be. `swap`: a real clip with a swapped or re-animated face, which Touchstone does not look for. */
export const CLIP_KINDS = ['real', 'ai', 'swap', 'spliced', 'real-cut', 'camera-like', 'procedural'] as const;
export type ClipKind = (typeof CLIP_KINDS)[number];

export interface Clip {
  readonly path: string;
  readonly kind: ClipKind;
  readonly source: string;
  /** Seconds of the generated part, for spliced clips. */
  readonly insert?: readonly [number, number];
  /** Seconds of the cuts that were made. */
  readonly cuts?: readonly number[];
}

/** Kind by the folder of its source; the first that matches. Clips that match none are left out. */
const KINDS: readonly (readonly [RegExp, ClipKind | undefined])[] = [
  // A screen animation, a logo of 190 px and a thermal camera: neither camera pictures nor generated.
  [/sample_iTunes|sample_mpeg4|FLIR_Thermal/, undefined],
  // The same scene again, and three frames.
  [/uuid540|mp4__with-gps/, undefined],
  [/camera_clips/, 'real'],
  // "Probably real" is not enough.
  [/comfyorg_real_inputs/, undefined],
  [/comfyorg_ai_video|comfyui_ai_video_webp/, 'ai'],
  [/original_sequences/, 'real'],
  [/manipulated_sequences|dfdc_train|lynaeydofd/, 'swap'],
  [/liveportrait_driving/, 'real'],
];

/** Clips of role `video` in DIR/index.csv. @param data the folder that holds index.csv */
export async function readClips(data: string): Promise<Clip[]> {
  const [header = '', ...lines] = (await readFile(join(data, 'index.csv'), 'utf8')).split('\n');
  const columns = header.split(',');
  const clips: Clip[] = [];
  for (const line of lines) {
    // Only the first columns are read; they hold no commas.
    const cells = line.split(',');
    const path = cells[columns.indexOf('path')] ?? '';
    if (cells[columns.indexOf('role')] !== 'video' || !/\.(mp4|mov|webp)$/.test(path)) continue;
    const kind = KINDS.find(([pattern]) => pattern.test(path))?.[1];
    if (kind) clips.push({ path: join(data, path), kind, source: path.split('/').at(-2) ?? '' });
  }
  // What says most comes first: real clips are what a rule must not accuse.
  return clips.toSorted((a, b) => CLIP_KINDS.indexOf(a.kind) - CLIP_KINDS.indexOf(b.kind));
}
