import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Clip } from './clips.ts';

const run = promisify(execFile);
const SAMPLES = fileURLToPath(new URL('../../assets/samples', import.meta.url));
/** Every made clip has this size, rate and codec, so that nothing but the pictures tells the parts apart. */
const SIZE = { width: 960, height: 540 };
const SHAPE = `scale=${SIZE.width}:${SIZE.height}:force_original_aspect_ratio=increase,crop=${SIZE.width}:${SIZE.height},fps=25,setsar=1`;
const ENCODE = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-pix_fmt', 'yuv420p', '-an'];

/** Seconds of real footage before and after an insert, of the insert, and of each piece of a real clip with cuts. */
const AROUND = 4;
const INSERT = 3;
const PIECE = 3;
/** Pieces of one `real-cut` clip. */
const PIECES = 5;
/** Clips made of each of these two kinds. */
const SPLICED = 8;
const REAL_CUT = 3;

interface Piece {
  readonly path: string;
  readonly start: number;
  readonly seconds: number;
}

/** Seconds. */
async function lengthOf(path: string): Promise<number> {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path]);
  return Number(stdout);
}

async function concatenate(pieces: readonly Piece[], path: string): Promise<void> {
  if (existsSync(path)) return;
  const inputs = pieces.flatMap(({ path: from, start, seconds }) => [
    '-ss',
    `${start}`,
    '-t',
    `${seconds}`,
    '-i',
    from,
  ]);
  const shaped = pieces.map((_, i) => `[${i}:v]${SHAPE}[v${i}]`).join(';');
  const graph = `${shaped};${pieces.map((_, i) => `[v${i}]`).join('')}concat=n=${pieces.length}:v=1[out]`;
  await run('ffmpeg', ['-v', 'error', '-y', ...inputs, '-filter_complex', graph, '-map', '[out]', ...ENCODE, path]);
}

/**
 * Makes clips that no collection has: a generated insert of three seconds in real footage, real footage cut from many clips,
 * slow pans over packaged photographs (camera-like) and computed patterns (procedural).
 * @param clips the collected ones; those of ffmpeg's reach and at least as long as is needed are used
 * @param folder for the results; what is there already is kept
 */
export async function makeClips(clips: readonly Clip[], folder: string): Promise<Clip[]> {
  await mkdir(folder, { recursive: true });
  const videos = clips.filter(({ path }) => path.endsWith('.mp4'));
  const lengths = new Map<string, number>();
  for (const { path } of videos) lengths.set(path, await lengthOf(path));
  const usable = (kind: Clip['kind'], seconds: number): Clip[] =>
    clips.filter(
      (clip) => clip.kind === kind && clip.path.endsWith('.mp4') && (lengths.get(clip.path) ?? 0) >= seconds,
    );
  const real = usable('real', AROUND + 0.5);
  const made: Clip[] = [];

  const long = usable('real', 2 * AROUND);
  const ai = usable('ai', INSERT);
  for (const [i, insert] of ai.slice(0, SPLICED).entries()) {
    const frame = long[i % long.length];
    if (!frame) continue;
    const path = join(folder, `spliced-${i}.mp4`);
    await concatenate(
      [
        { path: frame.path, start: 0, seconds: AROUND },
        { path: insert.path, start: 0, seconds: INSERT },
        { path: frame.path, start: AROUND, seconds: AROUND },
      ],
      path,
    );
    const cuts = [AROUND, AROUND + INSERT];
    made.push({ path, kind: 'spliced', source: 'made', insert: [AROUND, AROUND + INSERT], cuts });
  }
  for (let i = 0; i < Math.min(REAL_CUT, real.length); i++) {
    const path = join(folder, `real-cut-${i}.mp4`);
    const pieces = Array.from({ length: PIECES }, (_, n) => real[(i + n * 2) % real.length]).flatMap((clip) =>
      clip ? [{ path: clip.path, start: 1 + (i % 3), seconds: PIECE }] : [],
    );
    await concatenate(pieces, path);
    made.push({ path, kind: 'real-cut', source: 'made', cuts: pieces.slice(1).map((_, n) => (n + 1) * PIECE) });
  }
  for (const photo of ['astronaut.png', 'coffee.png', 'chelsea.png', 'rocket.jpg']) {
    const path = join(folder, `camera-like-${photo}.mp4`);
    const move = `scale=1920:1080:force_original_aspect_ratio=increase,crop=1920:1080,zoompan=z='1+0.001*on':x='on':d=200:s=${SIZE.width}x${SIZE.height}:fps=25`;
    const input = ['-i', join(SAMPLES, photo), '-vf', move, '-frames:v', '200'];
    if (!existsSync(path)) await run('ffmpeg', ['-v', 'error', '-y', ...input, ...ENCODE, path]);
    made.push({ path, kind: 'camera-like', source: 'made' });
  }
  for (const pattern of ['mandelbrot', 'life', 'testsrc2', 'gradients']) {
    const path = join(folder, `procedural-${pattern}.mp4`);
    const input = ['-f', 'lavfi', '-i', `${pattern}=s=${SIZE.width}x${SIZE.height}:r=25`, '-t', '8'];
    if (!existsSync(path)) await run('ffmpeg', ['-v', 'error', '-y', ...input, ...ENCODE, path]);
    made.push({ path, kind: 'procedural', source: 'made' });
  }
  return made;
}
