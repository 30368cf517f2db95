import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import * as v from 'valibot';

const run = promisify(execFile);
const MAX_CLIP_BYTES = 16 * 1024 * 1024;

/** What a clip is known to be. `screen`: a recording of a screen or an interface drawn by a program, which is neither. */
export const HELD_KINDS = ['real', 'screen', 'ai', 'swap', 'reenacted'] as const;

export const HeldClip = v.object({
  source: v.string(),
  kind: v.picklist(HELD_KINDS),
  /** What was filmed and how, the generator, or the method of the swap: groups of the tables. */
  scene: v.pipe(v.string(), v.nonEmpty()),
  /** How its kind is known. */
  known: v.pipe(v.string(), v.nonEmpty()),
  /** On GitHub. */
  repository: v.pipe(v.string(), v.regex(/^[\w.-]+\/[\w.-]+$/)),
  commit: v.string(),
  path: v.string(),
  /** Half of the picture that is judged; empty for all of it. */
  part: v.picklist(['', 'left', 'right']),
  /** Git's id of the bytes. */
  blob: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/)),
  /** Of the bytes, in hex. */
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});
export type HeldClip = v.InferOutput<typeof HeldClip>;

/** @throws ValiError for a list that is none */
export async function readClipList(path: string): Promise<HeldClip[]> {
  return v.parse(v.array(HeldClip), parse(await readFile(path), { columns: true }));
}

/** Name of a clip among the results. */
export const clipName = ({ source, blob, part }: HeldClip): string =>
  [source, blob.slice(0, 12), part].filter(Boolean).join('-');

/**
 * Takes a clip out of a bare mirror of its repository.
 * @param mirrors holds OWNER+NAME/repo
 * @param folder that keeps the clip
 * @returns its path, undefined where the mirror or those very bytes are not there
 */
export async function extractClip(clip: HeldClip, mirrors: string, folder: string): Promise<string | undefined> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${clip.blob}${extname(clip.path)}`);
  if (existsSync(path)) return path;
  const mirror = join(mirrors, clip.repository.replace('/', '+'), 'repo');
  try {
    const options = { encoding: 'buffer', maxBuffer: MAX_CLIP_BYTES } as const;
    const { stdout } = await run('git', ['--git-dir', mirror, 'cat-file', 'blob', clip.blob], options);
    if (createHash('sha256').update(stdout).digest('hex') !== clip.sha256) return undefined;
    await writeFile(path, stdout);
    return path;
  } catch {
    return undefined;
  }
}
