import { describe, expect, it } from 'vitest';
import { A1111, COMFY, xmpPacket } from '../fixtures/settings.ts';
import { aigcLabel } from './aigc-label.ts';
import type { FileFields } from './file-fields.ts';
import { generatorOfSettings } from './generator-markers.ts';
import { generatorOfSoftware } from './generator-names.ts';
import { metadataEvidence } from './metadata-evidence.ts';
import { readXmpFields } from './xmp-fields.ts';

const fields = (given: {
  png?: Record<string, string>;
  exif?: Record<string, string>;
  xmp?: string;
  iptc?: Record<string, string>;
  comments?: string[];
}): FileFields => ({
  png: new Map(Object.entries(given.png ?? {})),
  exif: new Map(Object.entries(given.exif ?? {})),
  xmp: readXmpFields(given.xmp === undefined ? undefined : Buffer.from(xmpPacket(given.xmp))),
  iptc: new Map(Object.entries(given.iptc ?? {})),
  comments: given.comments ?? [],
});

/** What all programs write, under the names of most. */
const FORM = { prompt: 'a cat', negative_prompt: '', sampler: 'dpmpp_2m', steps: 30, seed: 1, cfg: 7 };
const novelai = { steps: 28, sampler: 'k_euler', uc: '', seed: 1 };
const job = 'a fox --v 6 Job ID: 55a1e8ab-f876-4090-aed7-4737b2bb4010';

describe('settings', () => {
  it.each<[string, Parameters<typeof fields>[0]]>([
    ['Stable Diffusion WebUI', { png: { parameters: A1111 } }],
    ['Stable Diffusion WebUI', { exif: { UserComment: A1111 } }],
    ['Stable Diffusion WebUI Forge', { png: { parameters: `${A1111}, Version: f2.0.1v1.10.1` } }],
    ['SD.Next', { exif: { UserComment: `${A1111}, App: SD.Next, Version: 1234` } }],
    ['Civitai', { exif: { UserComment: `${A1111}, Civitai resources: [{"type":"checkpoint"}]` } }],
    ['Fooocus', { png: { parameters: `${A1111}, Version: Fooocus v2.5.5` } }],
    ['Fooocus', { png: { fooocus_scheme: 'fooocus', parameters: '{"prompt":"a cat"}' } }],
    [
      'Fooocus',
      { exif: { MakerNote: 'fooocus', UserComment: '{"base_model":"x","sampler":"y","version":"Fooocus v2.5"}' } },
    ],
    ['ComfyUI', { png: { prompt: COMFY } }],
    ['ComfyUI', { exif: { UserComment: COMFY } }],
    ['ComfyUI', { exif: { Make: `workflow:{"nodes":[{"type":"KSampler"}]}` } }],
    ['ComfyUI', { exif: { UserComment: '{3: {class_type: KSampler, inputs: {cfg: 8.0}}}' } }],
    ['ComfyUI', { exif: { UserComment: '{4: {inputs: {cfg: 8.0}, class_type: KSamplerAdvanced}}' } }],
    ['ComfyUI', { png: { workflow: '{"nodes":[],"definitions":{"subgraphs":[{"nodes":[{"type":"KSampler"}]}]}}' } }],
    ['ComfyUI', { png: { prompt: COMFY.replace('"seed":1', '"seed":NaN') } }],
    ['InvokeAI', { png: { 'sd-metadata': '{"model":"x"}' } }],
    ['InvokeAI', { png: { Dream: '"a cat" -s50 -S42 -W512 -H512 -C7.5 -A k_lms' } }],
    ['NovelAI', { png: { Software: 'NovelAI', Comment: JSON.stringify(novelai) } }],
    ['NovelAI', { exif: { UserComment: JSON.stringify({ Software: 'NovelAI', Comment: JSON.stringify(novelai) }) } }],
    ['SwarmUI', { png: { parameters: '{"sui_image_params":{"prompt":"a cat"}}' } }],
    ['SwarmUI', { exif: { UserComment: '{"sui_image_params":{"prompt":"a cat"}}' } }],
    [
      'Draw Things',
      {
        xmp: 'xmp:CreatorTool="Draw Things"><exif:UserComment><rdf:Alt><rdf:li xml:lang="x-default">{&quot;c&quot;:&quot;a cat&quot;,&quot;uc&quot;:&quot;&quot;,&quot;steps&quot;:20,&quot;sampler&quot;:&quot;DPM++&quot;}</rdf:li></rdf:Alt></exif:UserComment></rdf:Description>',
      },
    ],
    [
      'Easy Diffusion',
      {
        png: {
          use_stable_diffusion_model: 'sd-v1-4',
          num_inference_steps: '25',
          guidance_scale: '7.5',
          sampler_name: 'euler_a',
        },
      },
    ],
    ['DiffusionBee', { png: { prompt: 'a cat', seed: '1', num_steps: '25', guidance_scale: '7.5' } }],
    [
      'Easy Diffusion',
      {
        png: {
          Prompt: 'a cat',
          Seed: '1',
          'Stable Diffusion model': 'sd-v1-4',
          Sampler: 'euler_a',
          Steps: '25',
          'Guidance Scale': '7.5',
        },
      },
    ],
    ['SwarmUI', { exif: { Model: '{"sui_image_params":{"prompt":"a cat"}}' } }],
    ['ComfyUI', { xmp: `comfy:prompt="${COMFY.replaceAll('"', '&quot;')}"/>` }],
    ['RuinedFooocus', { png: { parameters: JSON.stringify({ ...FORM, software: 'RuinedFooocus' }) } }],
    ['Fooocus', { png: { Comment: JSON.stringify({ ...FORM, software: 'Fooocus 1.0.64 (Fooocus-MRE)' }) } }],
    ['Fooocus', { comments: [JSON.stringify({ ...FORM, software: 'Fooocus 1.0.64 (Fooocus-MRE)' })] }],
    ['Stable Diffusion WebUI', { comments: [A1111] }],
    ['ComfyUI', { comments: [JSON.stringify({ prompt: COMFY, workflow: '{"nodes":[{"type":"KSampler"}]}' })] }],
    ['MFLUX', { exif: { UserComment: '{"mflux_version":"0.15.0","model":"x","seed":5,"steps":4}' } }],
    ['Midjourney', { png: { Description: job, Author: 'somebody' } }],
  ])('of %s', (generator, given) => {
    expect(generatorOfSettings(fields(given))).toBe(generator);
    expect(metadataEvidence(fields(given))[0]).toMatchObject({
      code: 'generator-metadata',
      direction: 'ai',
      details: { generator },
    });
  });
  it.each<[string, Parameters<typeof fields>[0]]>([
    ['a caption', { png: { Description: 'in the style of Midjourney', Comment: 'Stable Diffusion' } }],
    ['a job number in the middle', { png: { Description: `${job} and more` } }],
    ['a prompt for people', { png: { prompt: 'Paint a cat', workflow: '{"nodes":[{"type":"LoadImage"}]}' } }],
    ['a form without the seed', { comments: [JSON.stringify({ ...FORM, seed: undefined, software: 'Fooocus 1' })] }],
    ['a form of nobody', { comments: [JSON.stringify(FORM)] }],
    ['a form with a word behind it', { comments: [`${JSON.stringify({ ...FORM, software: 'Fooocus 1' })} ha`] }],
    ['settings in the middle of a comment', { comments: [`${A1111}\nbut I drew it myself`] }],
    ['a graph with more than nodes in a comment', { comments: [JSON.stringify({ prompt: COMFY, by: 'me' })] }],
    ['a node in a comment', { comments: [COMFY] }],
    ['the name of a camera', { exif: { Model: 'sui_image_params' } }],
    ['a recipe', { exif: { UserComment: 'Steps: 3, stir' } }],
    ['Draw Things by name alone', { xmp: 'xmp:CreatorTool="Draw Things fast"/>' }],
    ['two settings of Easy Diffusion', { png: { seed: '1', prompt: 'x', guidance_scale: '7' } }],
    ['JSON of another program', { exif: { UserComment: '{"version":"2.1","seed":3}' } }],
  ])('are not: %s', (_, given) => {
    expect(generatorOfSettings(fields(given))).toBeUndefined();
  });
});

describe('software', () => {
  it.each<[string, Parameters<typeof fields>[0]]>([
    ['OpenAI', { exif: { UserComment: 'Made with OpenAI Labs' } }],
    ['OpenAI', { exif: { MakerNote: 'OpenAI--ImageGeneration--generation-7qR8' } }],
    ['DALL-E', { exif: { Software: 'DALL·E 3' } }],
    ['Google AI', { xmp: 'photoshop:Credit="Made with Google AI"/>' }],
    ['Google AI', { iptc: { Credit: 'Made with Google AI' } }],
    ['Adobe Firefly', { xmp: 'xmp:CreatorTool="Adobe Firefly 3.0"/>' }],
    ['FLUX', { exif: { Make: 'Black Forest Labs', Model: 'flux-dev', Software: 'AI generated;txt2img;flux' } }],
    [
      'Grok',
      {
        exif: {
          ImageDescription: `Signature: ${'x0Zz+/'.repeat(12)}==`,
          Artist: '55a1e8ab-f876-4090-aed7-4737b2bb4010',
        },
      },
    ],
    ['Seedream', { exif: { Software: 'Seedream 4.0' } }],
    ['Ideogram', { exif: { Software: 'Ideogram AI' } }],
    ['Recraft', { xmp: 'xmp:CreatorTool="Recraft V3"/>' }],
    ['Image Playground', { iptc: { Credit: 'Apple Image Playground' } }],
  ])('of %s', (generator, given) => {
    expect(generatorOfSoftware(fields(given))).toBe(generator);
    const found = metadataEvidence(fields(given));
    expect(found[0]).toMatchObject({ code: 'generator-software', details: { generator } });
    expect(found.map(({ code }) => code)).not.toContain('camera-metadata');
  });
  it.each<[string, Parameters<typeof fields>[0]]>([
    ['a camera named Gemini', { exif: { Make: 'Gemini', Model: 'DC-2000', Software: 'Ver.1.00' } }],
    ['a person', { exif: { Artist: 'Leonardo', Software: 'Leonardo 2.1 for Windows' } }],
    ['an editor', { exif: { Software: 'Adobe Photoshop 26.0 (Windows)' } }],
    ['an edit of a photograph', { xmp: 'photoshop:Credit="Edited with Google AI"/>' }],
    ['a credit that mentions one', { iptc: { Credit: 'Photo: N. N., not made with Google AI' } }],
    ['a graph in a field of names', { exif: { Make: 'workflow:{}', Model: 'prompt:{}' } }],
  ])('is not: %s', (_, given) => {
    expect(generatorOfSoftware(fields(given))).toBeUndefined();
  });
});

describe('Chinese label', () => {
  const label = (value: string): string =>
    JSON.stringify({ Label: value, ContentProducer: 'doubao', ProduceID: 'x', ContentPropagator: '' });
  const escaped = (value: string): string => label(value).replaceAll('"', '&quot;');
  it.each<[string, Parameters<typeof fields>[0]]>([
    ['an element of XMP', { xmp: `><TC260:AIGC>${escaped('1')}</TC260:AIGC></rdf:Description>` }],
    ['an attribute of XMP', { xmp: `TC260:AIGC="${escaped('1')}"/>` }],
    ['a text chunk', { png: { AIGC: label('1') } }],
    ['a comment', { exif: { UserComment: `{"AIGC":${label('1')}}` } }],
  ])('in %s', (_, given) => {
    expect(aigcLabel(fields(given))).toEqual({ certain: true, producer: 'doubao' });
    expect(metadataEvidence(fields(given))[0]).toMatchObject({ code: 'china-aigc-label', strength: 0.94 });
  });
  it('says perhaps', () => {
    for (const value of ['2', '3']) {
      expect(metadataEvidence(fields({ png: { AIGC: label(value) } }))[0]).toMatchObject({ strength: 0.6 });
    }
  });
  it.each(['{"Label":"1"}', '{"Label":"9","ContentProducer":"x","ProduceID":"y"}', 'AIGC', '[1]'])(
    'is not %s',
    (text) => {
      expect(aigcLabel(fields({ png: { AIGC: text } }))).toBeUndefined();
    },
  );
});

describe('other pictures inside the packet', () => {
  it('do not speak for this one', () => {
    const inner =
      '<rdf:Description Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia" xmp:CreatorTool="Midjourney"/>';
    const given = fields({
      xmp: `><xmpMM:Pantry><rdf:Bag><rdf:li>${inner}</rdf:li></rdf:Bag></xmpMM:Pantry></rdf:Description>`,
    });
    expect(metadataEvidence(given)).toEqual([]);
  });
});

it('names the editors of the history, each once', () => {
  const step = (software: string): string =>
    `<rdf:li stEvt:action="saved" stEvt:softwareAgent="${software}" stEvt:when="2024-05-03T10:00:00Z"/>`;
  const history = `><xmpMM:History><rdf:Seq>${step('Adobe Photoshop 25')}${step('Adobe Photoshop 25')}${step('GIMP')}</rdf:Seq></xmpMM:History></rdf:Description>`;
  expect(metadataEvidence(fields({ xmp: history }))).toEqual([
    expect.objectContaining({
      code: 'editor-history',
      direction: 'neutral',
      strength: 0,
      details: { software: 'Adobe Photoshop 25, GIMP' },
    }),
  ]);
});
