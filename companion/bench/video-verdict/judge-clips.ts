import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Pipeline } from '../../src/pipeline/pipeline.ts';
import type { Clip } from './clips.ts';
import { sampleClip } from './decode-clip.ts';

/** One sampled frame as one pack judged it. */
export interface ScoredFrame {
  /** Seconds. */
  readonly time: number;
  /** Calibrated log-odds. */
  readonly logit: number;
  /** Base64 of the signature's luminance, and its hash. */
  readonly grey: string;
  readonly hash: string;
  readonly flatness: number;
}

export interface ScoredClip extends Clip {
  readonly frames: readonly ScoredFrame[];
}

/** Frames a second, as the product samples by default. */
export const RATE = 2;
/** Clips that were made are judged as a whole. Seconds. */
const MADE_SECONDS = 15;

/**
 * Judges the frames of clips with one pack, or takes what a run before has left in the folder.
 * @param pipeline undefined counts only what is there
 * @param seconds of each collected clip, from its beginning
 */
export async function judgeClips(
  clips: readonly Clip[],
  { name: pack, version }: { readonly name: string; readonly version: string },
  pipeline: Pipeline | undefined,
  folder: string,
  seconds: number,
): Promise<ScoredClip[]> {
  await mkdir(folder, { recursive: true });
  const scored: ScoredClip[] = [];
  for (const clip of clips) {
    const file = join(folder, `${pack}-${version}-${clip.source}-${basename(clip.path)}.json`);
    if (!existsSync(file)) {
      if (!pipeline) continue;
      await writeFile(
        file,
        JSON.stringify(await judgeClip(clip.path, pack, pipeline, clip.source === 'made' ? MADE_SECONDS : seconds)),
      );
      process.stderr.write(`${pack} ${basename(clip.path)}\n`);
    }
    const frames = JSON.parse(await readFile(file, 'utf8')) as ScoredFrame[];
    scored.push({ ...clip, frames });
  }
  return scored;
}

async function judgeClip(path: string, pack: string, pipeline: Pipeline, seconds: number): Promise<ScoredFrame[]> {
  const frames: ScoredFrame[] = [];
  for await (const { time, picture } of sampleClip(path, RATE, seconds)) {
    const { logit, signature, flatness } = await pipeline.judgeFrame(picture, { lane: 'bulk', pack });
    frames.push({ time, logit, grey: Buffer.from(signature.grey).toString('base64'), hash: signature.hash, flatness });
  }
  return frames;
}
