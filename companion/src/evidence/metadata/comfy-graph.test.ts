import { describe, expect, it } from 'vitest';
import { isComfyGraph } from './comfy-graph.ts';

const save = (from: string) => ({ class_type: 'SaveImage', inputs: { images: [from, 0], filename_prefix: 'ComfyUI' } });
const load = { class_type: 'LoadImage', inputs: { image: 'photo.jpg' } };
/** A graph of one node of a class nobody has seen, whose picture is kept. */
const prompt = (class_type: string, inputs: object, more: object = {}): string =>
  JSON.stringify({ 1: { class_type, inputs }, 2: save('1'), ...more });
const workflow = (...nodes: object[]): string => JSON.stringify({ nodes, links: [], version: 0.4 });

describe('a graph makes a picture', () => {
  it.each([
    ['by a service that is asked in words', prompt('BrandNewImage1', { prompt: 'a cat', seed: 1 })],
    ['by one without dice', prompt('BrandNewImage1', { prompt: 'a cat', size: 'auto' })],
    [
      'by one that is given a picture and rolls dice',
      prompt('Kontext', { prompt: 'a hat', seed: 1, input_image: ['3', 0] }, { 3: load }),
    ],
    [
      'by one whose words come from another node',
      prompt(
        'NewThing',
        { prompt: ['4', 0], seed: 1 },
        { 4: { class_type: 'StringNode', inputs: { value: 'a cat' } } },
      ),
    ],
    ['by one that asks otherwise, since nothing came in', prompt('Alchemist', { description: 'a cat' })],
    [
      'by a film made of nothing',
      JSON.stringify({
        1: { class_type: 'NewFilm', inputs: { prompt_text: 'a cat' } },
        2: { class_type: 'SaveVideo', inputs: { video: ['1', 0] } },
      }),
    ],
    [
      'as a workflow with types',
      workflow(
        { type: 'NewService', inputs: [{ name: 'prompt', type: 'STRING' }], outputs: [{ type: 'IMAGE' }] },
        { type: 'LoadImage', widgets_values: ['a.png'] },
        { type: 'SaveImage' },
      ),
    ],
    ['as a workflow of classes alone', workflow({ type: 'NewService' }, { type: 'SaveImage' })],
  ])('%s', (_, text) => {
    expect(isComfyGraph(text)).toBe(true);
  });
});

describe('a graph makes none', () => {
  it.each([
    ['that loads and keeps', JSON.stringify({ 1: load, 2: save('1') })],
    ['that loads by a node nobody has seen', prompt('SomethingElse', { path: '/home/a/IMG_0001.JPG' })],
    [
      'that scales and sharpens',
      JSON.stringify({ 1: load, 3: { class_type: 'ImageScale', inputs: { image: ['1', 0], width: 9 } }, 2: save('3') }),
    ],
    [
      'that adds grain by chance',
      JSON.stringify({ 1: load, 3: { class_type: 'FilmGrain', inputs: { image: ['1', 0], seed: 5 } }, 2: save('3') }),
    ],
    [
      'that cuts out what words name',
      JSON.stringify({
        1: load,
        3: { class_type: 'GroundingDino', inputs: { image: ['1', 0], prompt: 'face', threshold: 0.3 } },
        2: save('3'),
      }),
    ],
    [
      'that writes words on it',
      JSON.stringify({
        1: load,
        4: { class_type: 'PromptBox', inputs: { prompt: 'hello' } },
        3: { class_type: 'Label', inputs: { image: ['1', 0], text: ['4', 0] } },
        2: save('3'),
      }),
    ],
    ['that draws a colour', prompt('EmptyImage', { width: 9, height: 9, color: 0 })],
    ['that keeps nothing', JSON.stringify({ 1: { class_type: 'NewThing', inputs: { prompt: 'a cat' } } })],
    [
      'that resizes, as a workflow',
      workflow(
        { type: 'LoadImage', widgets_values: ['IMG_1.jpg'] },
        { type: 'ResizeImageNode' },
        { type: 'SaveImage' },
      ),
    ],
  ])('%s', (_, text) => {
    expect(isComfyGraph(text)).toBe(false);
  });
});
