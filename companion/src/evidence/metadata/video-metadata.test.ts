import { describe, expect, it } from 'vitest';
import { sourceOfBytes } from '../../containers/byte-source.ts';
import { A1111, COMFY, declaredSource } from '../fixtures/settings.ts';
import {
  box,
  fileType,
  keyedEntries,
  letteredEntries,
  namedEntry,
  ownEntry,
  taggedWebm,
} from '../fixtures/tagged-video.ts';
import { readVideoMetadata } from './read-metadata.ts';

const codes = (...parts: Buffer[]): string[] =>
  readVideoMetadata(sourceOfBytes(Buffer.concat(parts))).evidence.map(({ code, details }) =>
    details.generator ? `${code} ${details.generator}` : code,
  );
const movie = (...parts: Buffer[]): Buffer => box('moov', ...parts);
const WORKFLOW = '{"nodes":[{"type":"KSampler"}]}';
const BOTH = JSON.stringify({ prompt: COMFY, workflow: WORKFLOW });
const LABEL = JSON.stringify({ Label: '1', ContentProducer: '001191', ProduceID: '1' });
const COMFYUI = ['generator-metadata ComfyUI'];

describe('an MP4 or MOV says how it was made', () => {
  it.each<[string, Buffer, string[]]>([
    ['in keys of the movie', movie(keyedEntries({ prompt: COMFY })), COMFYUI],
    [
      'in keys as QuickTime writes them',
      movie(keyedEntries({ 'com.apple.quicktime.workflow': WORKFLOW }, false)),
      COMFYUI,
    ],
    ['in keys of the file', movie(box('udta', keyedEntries({ major_brand: 'isom', workflow: WORKFLOW }))), COMFYUI],
    ['in its comment', movie(box('udta', letteredEntries({ '\xa9cmt': BOTH }))), COMFYUI],
    ['in a comment by key', movie(keyedEntries({ comment: A1111 })), ['generator-metadata Stable Diffusion WebUI']],
    ['under a name of its own', movie(box('udta', namedEntry('workflow', WORKFLOW))), COMFYUI],
    ["in QuickTime's own comment", movie(box('udta', ownEntry('\xa9cmt', BOTH))), COMFYUI],
    ['in the Chinese label', movie(keyedEntries({ AIGC: LABEL })), ['china-aigc-label']],
    [
      'in the Chinese label as a comment',
      movie(box('udta', letteredEntries({ '\xa9cmt': `{"AIGC":${LABEL}}` }))),
      ['china-aigc-label'],
    ],
    [
      'in XMP of a MOV',
      movie(box('udta', box('XMP_', Buffer.from(declaredSource('trainedAlgorithmicMedia'))))),
      ['declared-ai-source'],
    ],
    [
      'in XMP of an MP4',
      box(
        'uuid',
        Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex'),
        Buffer.from(declaredSource('trainedAlgorithmicMedia')),
      ),
      ['declared-ai-source'],
    ],
  ])('%s', (_, part, expected) => {
    expect(codes(fileType, part)).toEqual(expected);
  });
});

describe('a WebM says how it was made', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['in tags', { ENCODER: 'Lavf', PROMPT: COMFY }, COMFYUI],
    ['in its comment', { COMMENT: BOTH }, COMFYUI],
    ['in the Chinese label', { AIGC: LABEL }, ['china-aigc-label']],
  ])('%s', (_, tags, expected) => {
    expect(codes(taggedWebm(tags))).toEqual(expected);
  });
});

describe('a video says nothing', () => {
  it.each<[string, Buffer]>([
    ['by a name in its comment', movie(keyedEntries({ comment: 'made with ComfyUI, Stable Diffusion' }))],
    ['by a part of settings', movie(keyedEntries({ comment: 'Steps: 20, Sampler: Euler a, Seed: 4' }))],
    ['by a title', movie(box('udta', letteredEntries({ '\xa9nam': A1111, '\xa9ART': 'Midjourney', desc: BOTH })))],
    ['by bytes between its boxes', box('free', keyedEntries({ prompt: COMFY }))],
    [
      'by a key without its value',
      movie(box('meta', Buffer.alloc(4), box('keys', Buffer.alloc(8), box('mdta', Buffer.from('prompt'))))),
    ],
  ])('%s', (_, part) => {
    expect(codes(fileType, part)).toEqual([]);
  });
  it('by what is cut off', () => {
    const whole = Buffer.concat([fileType, movie(keyedEntries({ prompt: COMFY }))]);
    for (let end = 0; end < whole.length; end += 7) expect(codes(whole.subarray(0, end))).toEqual([]);
  });
});
