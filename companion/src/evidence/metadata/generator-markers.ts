import { isComfyGraph } from './comfy-graph.ts';
import { generatorOfComment, isForm } from './complete-settings.ts';
import type { FileFields } from './file-fields.ts';
import { countOf, jsonObject } from './json-field.ts';
import { isSamplingSettings, settingsProgram } from './sampling-settings.ts';

/**
 * Recognises the settings that generators write beside their pictures, in the fields and forms in which their own
 * programs write them. Names in captions are not settings.
 */
export interface GeneratorMarker {
  /** @returns the generator's name, or undefined */
  readonly find: (fields: FileFields) => string | undefined;
}

const named = (generator: string, holds: (fields: FileFields) => boolean): GeneratorMarker => ({
  find: (fields) => (holds(fields) ? generator : undefined),
});

/** Fields that JPEG, WebP and AVIF files of generators use, since they have no text chunks. */
const comment = ({ exif, xmp }: FileFields): string | undefined => exif.get('UserComment') ?? xmp.get('UserComment');

/** Comments that may be settings only as a whole. */
const comments = ({ png, comments: written }: FileFields): readonly string[] => [png.get('Comment') ?? '', ...written];

/** ComfyUI writes "workflow:{...}" and "prompt:{...}" into any text field of EXIF. */
function prefixedGraph({ exif }: FileFields): boolean {
  return ['Make', 'Model', 'ImageDescription', 'Software'].some((name) => {
    const match = /^(?:workflow|prompt):\s*(?=\{)/i.exec(exif.get(name) ?? '');
    return match !== null && isComfyGraph(exif.get(name)?.slice(match[0].length));
  });
}

const NOVELAI_SETTINGS = ['steps', 'sampler', 'uc', 'scale', 'seed'];
const DRAW_THINGS_SETTINGS = ['c', 'uc', 'steps', 'sampler', 'seed', 'model', 'scale'];
const EASY_DIFFUSION_SETTINGS = [
  'use_stable_diffusion_model',
  'num_inference_steps',
  'guidance_scale',
  'sampler_name',
  'seed',
];
/** Under the names that people read. */
const EASY_DIFFUSION_NAMES = ['Prompt', 'Seed', 'Stable Diffusion model', 'Sampler', 'Guidance Scale', 'Steps'];
const FOOOCUS_SETTINGS = ['base_model', 'performance', 'sampler', 'seed', 'metadata_scheme', 'full_prompt', 'version'];
const DIFFUSION_BEE_SETTINGS = ['prompt', 'seed', 'num_steps', 'guidance_scale', 'model_version'];
const JOB_ID = /\bJob ID: ([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\s*$/;
/** An option of Midjourney's prompts, such as "--v 6.1" or "--ar 3:2". */
const PROMPT_OPTION = /\s--[a-z]{1,10}\b/;

/** Other services number their jobs too, and a studio may put that into a caption: the job alone says nothing. */
function isMidjourneyJob(text: string | undefined, imageId: string | undefined): boolean {
  const job = JOB_ID.exec(text ?? '')?.[1];
  return job !== undefined && (PROMPT_OPTION.test(text ?? '') || imageId === job);
}

/** A quoted prompt with its options behind it. By plain search: one pattern for all of it is quadratic in hostile texts. */
function isDreamCommand(text: string): boolean {
  const end = text.startsWith('"') ? text.indexOf('" ', 1) : -1;
  const options = text.slice(end + 2);
  return end > 0 && [/-s\d/, /-S\d/, /-C[\d.]/].every((option) => option.test(options));
}

/** The first that finds something names the generator. */
export const GENERATOR_MARKERS: readonly GeneratorMarker[] = [
  named('SwarmUI', (fields) =>
    // Before it had a field of its own, it wrote them as the camera's model.
    [fields.png.get('parameters'), comment(fields), fields.exif.get('Model')].some(
      (text) => jsonObject(jsonObject(text)?.sui_image_params) !== undefined,
    ),
  ),
  named('RuinedFooocus', ({ png }) => {
    const settings = jsonObject(png.get('parameters'));
    return settings !== undefined && isForm(settings) && /^RuinedFooocus\b/.test(String(settings.software ?? ''));
  }),
  named('Fooocus', (fields) => {
    if (fields.png.get('fooocus_scheme') !== undefined && fields.png.get('parameters')) return true;
    const scheme = /^(?:fooocus|a1111)$/.test(fields.exif.get('MakerNote') ?? '');
    return [fields.png.get('parameters'), comment(fields)].some((text) => {
      const settings = jsonObject(text);
      const version = String(settings?.version ?? settings?.Version ?? '');
      return countOf(settings, FOOOCUS_SETTINGS) >= (scheme || /^Fooocus/i.test(version) ? 2 : 5);
    });
  }),
  named(
    'ComfyUI',
    (fields) =>
      ['prompt', 'workflow'].some(
        (keyword) => isComfyGraph(fields.png.get(keyword)) || isComfyGraph(fields.xmp.get(keyword)),
      ) ||
      isComfyGraph(comment(fields)) ||
      prefixedGraph(fields),
  ),
  named(
    'InvokeAI',
    ({ png }) =>
      ['invokeai_metadata', 'invokeai_graph', 'sd-metadata'].some((keyword) => jsonObject(png.get(keyword))) ||
      // Before it had that name: "a cat" -s50 -S42 -W512 -H512 -C7.5
      isDreamCommand(png.get('Dream') ?? ''),
  ),
  named('NovelAI', (fields) => {
    const { png, exif } = fields;
    if (countOf(jsonObject(png.get('Comment')), NOVELAI_SETTINGS) >= 2) {
      return png.get('Software') === 'NovelAI' || png.get('Title') === 'NovelAI generated image';
    }
    const packed = jsonObject(comment(fields));
    const software = packed?.Software ?? exif.get('Software');
    return software === 'NovelAI' && countOf(jsonObject(packed?.Comment) ?? packed, NOVELAI_SETTINGS) >= 2;
  }),
  named(
    'Draw Things',
    (fields) =>
      /^Draw Things\b/.test(fields.xmp.get('CreatorTool') ?? '') &&
      countOf(jsonObject(comment(fields)), DRAW_THINGS_SETTINGS) >= 4,
  ),
  named(
    'Easy Diffusion',
    (fields) =>
      EASY_DIFFUSION_SETTINGS.filter((name) => fields.png.has(name)).length >= 4 ||
      countOf(jsonObject(comment(fields)), EASY_DIFFUSION_SETTINGS) >= 4 ||
      EASY_DIFFUSION_NAMES.every((name) => fields.png.has(name)) ||
      countOf(jsonObject(comment(fields)), EASY_DIFFUSION_NAMES) === EASY_DIFFUSION_NAMES.length,
  ),
  named(
    'DiffusionBee',
    (fields) =>
      DIFFUSION_BEE_SETTINGS.filter((name) => fields.png.has(name)).length >= 4 ||
      (/^DiffusionBee\b/i.test(fields.png.get('Software') ?? fields.exif.get('Software') ?? '') &&
        countOf(jsonObject(comment(fields)), DIFFUSION_BEE_SETTINGS) >= 2),
  ),
  named(
    'MFLUX',
    (fields) =>
      countOf(jsonObject(comment(fields)), ['mflux_version', 'model', 'steps', 'seed']) >= 3 ||
      /^MFLUX \d/.test(fields.xmp.get('CreatorTool') ?? ''),
  ),
  named('Midjourney', ({ png, exif, xmp }) =>
    [png.get('Description'), exif.get('ImageDescription'), xmp.get('description')].some((text) =>
      isMidjourneyJob(text, xmp.get('DigImageGUID')),
    ),
  ),
  {
    find: (fields) => {
      const candidates = [fields.png.get('parameters'), comment(fields)];
      const settings = candidates.find((text) => isSamplingSettings(text));
      return settings === undefined ? undefined : settingsProgram(settings);
    },
  },
  {
    find: (fields) => {
      for (const text of comments(fields)) {
        const generator = generatorOfComment(text);
        if (generator) return generator;
      }
      return undefined;
    },
  },
];

/** @returns the generator whose settings the file carries */
export function generatorOfSettings(fields: FileFields): string | undefined {
  for (const { find } of GENERATOR_MARKERS) {
    const generator = find(fields);
    if (generator) return generator;
  }
  return undefined;
}
