import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { html, image, type Site } from './site.ts';

const samples = resolve(import.meta.dirname, '../../../companion/assets/samples');
const PHOTOGRAPH = 'chelsea.png';

/** What a part of a clip shows: a photograph under a moving camera, drawn shapes, nothing, or a picture that stands still. */
export type Scene = 'camera' | 'drawn' | 'black' | 'still';

export interface ClipSpec {
  /** One after the other, each as long as the others, with hard cuts between. */
  readonly scenes: readonly Scene[];
  readonly seconds: number;
  readonly width?: number;
  readonly height?: number;
  readonly framesPerSecond?: number;
  /** H.264 in fragmented MP4, or VP8 in WebM; both also play by Media Source Extensions. */
  readonly format?: 'webm' | 'mp4';
  /** Shifts colours and motion, so that no two clips are alike. */
  readonly seed?: number;
}

export interface Clip {
  readonly bytes: Buffer;
  /** Media type with codec, as `MediaSource.addSourceBuffer` takes it. */
  readonly type: string;
}

type Drawn = Required<ClipSpec>;

const TYPES = { webm: 'video/webm; codecs="vp8"', mp4: 'video/mp4; codecs="avc1.640028"' } as const;

/** Runs in the page: draws every frame and encodes it, as fast as it goes and not in the time it shows. */
async function encodeInPage({ spec, photograph }: { spec: Drawn; photograph: string }): Promise<string> {
  const { scenes, seconds, width, height, framesPerSecond, format, seed } = spec;
  // Put there by the page itself.
  const { mediabunny: bunny } = globalThis as unknown as { mediabunny: typeof import('mediabunny') };
  const picture = new Image();
  picture.src = photograph;
  await picture.decode();
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  const paint = (scene: Scene, time: number) => {
    if (scene === 'black') {
      context.fillStyle = '#000';
      context.fillRect(0, 0, width, height);
    } else if (scene === 'camera' || scene === 'still') {
      const at = (scene === 'still' ? 0 : time) + seed;
      const zoom = (1.25 + 0.2 * Math.sin(at * 0.9)) * Math.max(width / picture.width, height / picture.height);
      const spareX = picture.width * zoom - width;
      const spareY = picture.height * zoom - height;
      const x = -spareX * (0.5 + 0.45 * Math.sin(at * 1.3));
      const y = -spareY * (0.5 + 0.45 * Math.cos(at * 0.7));
      context.drawImage(picture, x, y, picture.width * zoom, picture.height * zoom);
    } else {
      const sky = context.createLinearGradient(0, 0, width, height);
      sky.addColorStop(0, `hsl(${(seed * 47 + time * 30) % 360} 80% 65%)`);
      sky.addColorStop(1, `hsl(${(seed * 47 + 140 + time * 20) % 360} 80% 35%)`);
      context.fillStyle = sky;
      context.fillRect(0, 0, width, height);
      for (let blob = 0; blob < 14; blob += 1) {
        context.fillStyle = `hsl(${(blob * 41 + time * 40 + seed * 13) % 360} 85% 60% / 0.7)`;
        context.beginPath();
        const x = width * (0.5 + 0.5 * Math.sin(time * 0.8 + blob * 1.7 + seed));
        const y = height * (0.5 + 0.5 * Math.cos(time * 0.6 + blob * 2.3));
        context.arc(x, y, height * (0.08 + 0.015 * (blob % 5)), 0, 2 * Math.PI);
        context.fill();
      }
    }
  };
  const target = new bunny.BufferTarget();
  const container =
    format === 'webm' ? new bunny.WebMOutputFormat() : new bunny.Mp4OutputFormat({ fastStart: 'fragmented' });
  const output = new bunny.Output({ format: container, target });
  const source = new bunny.CanvasSource(canvas, {
    codec: format === 'webm' ? 'vp8' : 'avc',
    bitrate: 2_500_000,
    keyFrameInterval: 1,
  });
  output.addVideoTrack(source, { frameRate: framesPerSecond });
  await output.start();
  const frames = Math.round(seconds * framesPerSecond);
  for (let frame = 0; frame < frames; frame += 1) {
    const time = frame / framesPerSecond;
    const scene = scenes[Math.min(scenes.length - 1, Math.floor((time / seconds) * scenes.length))];
    if (scene) paint(scene, time);
    await source.add(time, 1 / framesPerSecond);
  }
  await output.finalize();
  const bytes = new Uint8Array(target.buffer ?? new ArrayBuffer(0));
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

/**
 * Video clips that the tests make themselves, in the browser: a packaged photograph under a moving camera, and drawn
 * shapes. Their frames lie exactly where the frame rate says, however busy the machine is.
 */
export async function makeClips<Name extends string>(
  context: BrowserContext,
  site: Site,
  specs: Readonly<Record<Name, ClipSpec>>,
): Promise<Record<Name, Clip>> {
  const bundle = join(dirname(createRequire(import.meta.url).resolve('mediabunny')), 'mediabunny.min.mjs');
  const [library, photograph] = await Promise.all([readFile(bundle), readFile(join(samples, PHOTOGRAPH))]);
  site.route('/mediabunny.mjs', () => ({ headers: { 'content-type': 'text/javascript' }, body: library }));
  site.route('/photograph.png', () => image(photograph, 'image/png'));
  site.route('/clip-maker', () =>
    html("<script type=module>import * as all from '/mediabunny.mjs'; globalThis.mediabunny = all</script>"),
  );
  const page = await context.newPage();
  // Codecs are for secure contexts only; loopback by its number is one.
  await page.goto(site.url('/clip-maker', '127.0.0.1'));
  await page.waitForFunction(() => 'mediabunny' in globalThis);
  const clips = {} as Record<Name, Clip>;
  for (const [name, spec] of Object.entries<ClipSpec>(specs)) {
    const whole: Drawn = { width: 640, height: 360, framesPerSecond: 15, format: 'webm', seed: 1, ...spec };
    const base64 = await page.evaluate(encodeInPage, { spec: whole, photograph: '/photograph.png' });
    clips[name as Name] = { bytes: Buffer.from(base64, 'base64'), type: TYPES[whole.format] };
  }
  await page.close();
  return clips;
}

/** Serves a clip with ranges, as players need them to seek. */
export function serveClip(
  site: Site,
  path: string,
  { bytes, type }: Clip,
  headers: Readonly<Record<string, string>> = {},
): void {
  site.route(path, ({ headers: { range } }) => {
    const common = { 'content-type': type.split(';')[0] ?? type, 'accept-ranges': 'bytes', ...headers };
    const asked = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
    if (!asked) return { headers: common, body: bytes };
    const from = Number(asked[1]);
    const to = Math.min(bytes.length - 1, asked[2] ? Number(asked[2]) : bytes.length - 1);
    return {
      status: 206,
      headers: { ...common, 'content-range': `bytes ${from}-${to}/${bytes.length}` },
      body: bytes.subarray(from, to + 1),
    };
  });
}
