import type { FileFields } from './file-fields.ts';
import { GENERATOR_PHRASES } from './generator-phrases.ts';

/**
 * Names of generators as their own software writes them, whole, into the fields where programs name themselves. Where a
 * product is also a word or a camera ("Gemini", "Leonardo"), the field must say more than that word.
 */
const NAMES: readonly (readonly [generator: string, pattern: RegExp])[] = [
  ['OpenAI', /^(?:OpenAI(?: (?:Media Service )?API| Labs)?|ChatGPT|gpt-image(?:-[\d.]+)?|GPT-4o)$/i],
  ['DALL-E', /^DALL[·•.\- ]?E(?:[ -]?[23])?$/i],
  ['Adobe Firefly', /^Adobe Firefly\b.{0,60}$/],
  ['Midjourney', /^Midjourney(?: v?[\d.]+)?$/i],
  ['Google AI', /^(?:Google Imagen(?: [\d.]+)?|Imagen [\d.]+)$/],
  ['Grok', /^(?:Grok(?: Imagine| [\d.]+)|xAI(?: Grok)?|Grok by xAI)$/],
  ['FLUX', /^AI generated;(?:txt2img|img2img)[;\w -]*;flux[\w.;-]*$/],
  ['FLUX', /^(?:Black Forest Labs|FLUX\.[12](?:[ -].{0,40})?)$/],
  ['Stable Diffusion', /^(?:Stable Diffusion(?: .{0,40})?|Stability AI|DreamStudio|Stable Image (?:Core|Ultra))$/i],
  ['Leonardo.Ai', /^Leonardo\.Ai$/i],
  ['Ideogram', /^Ideogram(?: AI|\.ai| [\d.]+)$/i],
  ['Recraft', /^Recraft(?: AI| V[\d.]+)?$/i],
  ['Seedream', /^(?:Seedream(?:[ -].{0,40})?|Jimeng(?: AI)?|即梦(?:AI)?|Doubao|豆包(?:AI)?)$/i],
  ['Image Playground', /^(?:Apple )?Image Playground$/],
  ['Meta AI', /^Meta AI$/],
  ['Microsoft Designer', /^(?:Bing Image Creator|Microsoft Designer Image Creator)$/],
  ['ComfyUI', /^ComfyUI\b.{0,40}$/],
  ['InvokeAI', /^InvokeAI\b.{0,40}$/],
  ['NovelAI', /^NovelAI$/],
  ['Fooocus', /^Fooocus\b.{0,40}$/],
  ['Draw Things', /^Draw Things\b.{0,40}$/],
  ['DiffusionBee', /^DiffusionBee\b.{0,40}$/i],
  ['NightCafe', /^NightCafe(?: Studio| Creator)?$/i],
  ['Kandinsky', /^Kandinsky [\d.]+$/],
  ['Krea', /^krea\.ai$/i],
];

/** Fields that programs fill in about themselves. Nobody types into them, so that a name alone counts. */
function softwareFields({ png, exif, xmp, iptc }: FileFields): (string | undefined)[] {
  return [
    exif.get('Software'),
    exif.get('ProcessingSoftware'),
    xmp.get('CreatorTool'),
    xmp.get('AISystemUsed'),
    iptc.get('Originating Program'),
    png.get('Software'),
  ];
}

/** Fields that people fill in as well, to say who supplied a picture or what they think of it: phrases only. */
function freeTextFields({ exif, xmp, iptc }: FileFields): (string | undefined)[] {
  return [exif.get('UserComment'), xmp.get('Credit'), iptc.get('Credit')];
}

/** Black Forest Labs' own program names itself as the camera's maker. */
const MAKER_OF_FLUX = /^Black Forest Labs$/;
/** NovelAI writes its model and the beginning of the weights' hash as the device that made the PNG. */
const NOVELAI_SOURCE = /^(?:Stable Diffusion(?: XL)?|NovelAI Diffusion V[\d.]+(?: \w{1,20})?) [0-9A-F]{8}$/;

/** Pictures of Grok carry a signature and the number of the job: nothing else writes the two together. */
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const GROK_SIGNATURE = /^Signature: ?[\w+/=-]{40,}$/;

/** @returns the generator that a file names as the software that made it */
export function generatorOfSoftware(fields: FileFields): string | undefined {
  const named = firstOf(NAMES, softwareFields(fields)) ?? firstOf(GENERATOR_PHRASES, freeTextFields(fields));
  if (named) return named;
  if (MAKER_OF_FLUX.test(fields.exif.get('Make')?.trim() ?? '')) return 'FLUX';
  if (NOVELAI_SOURCE.test(fields.png.get('Source')?.trim() ?? '')) return 'NovelAI';
  if (/^OpenAI--ImageGeneration--/.test(fields.exif.get('MakerNote') ?? '')) return 'OpenAI';
  const isGrok =
    GROK_SIGNATURE.test(fields.exif.get('ImageDescription')?.trim() ?? '') &&
    UUID.test(fields.exif.get('Artist')?.trim() ?? '');
  return isGrok ? 'Grok' : undefined;
}

const MAX_NAME_LENGTH = 200;

type Forms = readonly (readonly [generator: string, pattern: RegExp])[];

function firstOf(forms: Forms, fields: readonly (string | undefined)[]): string | undefined {
  for (const field of fields) {
    const text = field?.trim();
    if (!text || text.length > MAX_NAME_LENGTH) continue;
    const found = forms.find(([, pattern]) => pattern.test(text));
    if (found) return found[0];
  }
  return undefined;
}
