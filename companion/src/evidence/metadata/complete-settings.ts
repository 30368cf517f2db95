import { isComfyGraph } from './comfy-graph.ts';
import { readGraph } from './comfy-nodes.ts';
import { CONTROL } from './exif-text.ts';
import { countOf, type JsonObject, jsonObject } from './json-field.ts';
import { settingsProgram } from './sampling-settings.ts';

/** Longest comment that is read as settings, in characters. */
const MAX_LENGTH = 1024 * 1024;

/** Line of settings: names and values with commas between them, from the steps to the end of the text. */
const LINE = /^Steps: \d+, .+$/;
const NAMED = /^\s*[A-Z][\w ./-]{0,40}: /;
const NEEDED: readonly RegExp[] = [/\bSampler: \w/, /\bSeed: \d+/];

/** What all programs write of a picture that they made, under the names that they use. */
const FORM: readonly (readonly string[])[] = [
  ['prompt', 'Prompt', 'full_prompt', 'c'],
  ['sampler', 'sampler_name', 'Sampler', 'scheduler'],
  ['steps', 'Steps', 'num_inference_steps'],
  ['seed', 'Seed'],
];

/** Programs that write into comments, by what they say of themselves in their own settings. */
const PROGRAMS: readonly (readonly [generator: string, software: RegExp])[] = [
  ['Fooocus', /^Fooocus\b/],
  ['RuinedFooocus', /^RuinedFooocus\b/],
];

/**
 * The generator whose settings a comment is. Comments are written by every program that passes by, and by people: only a
 * text that is one complete form from beginning to end counts, with prompt, sampler, steps and seed. A name, or a part of
 * a form, says nothing.
 */
export function generatorOfComment(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const object = jsonObject(text);
  if (object) return ofObject(object);
  return isWholeSamplingText(text.trim()) ? settingsProgram(text) : undefined;
}

function ofObject(object: JsonObject): string | undefined {
  if (isWholeGraph(object)) return 'ComfyUI';
  if (!isForm(object)) return undefined;
  const software = typeof object.software === 'string' ? object.software : '';
  return PROGRAMS.find(([, pattern]) => pattern.test(software))?.[0];
}

/** Whether an object has a prompt, a sampler, a number of steps and a seed. */
export const isForm = (object: JsonObject): boolean => FORM.every((names) => countOf(object, names) > 0);

/** Nodes and nothing else, of which one samples with steps and a seed; or both graphs, as programs for video keep them. */
function isWholeGraph(object: JsonObject): boolean {
  if (!isComfyGraph(object)) return false;
  const { prompt, workflow, ...rest } = object;
  if (prompt !== undefined || workflow !== undefined) return Object.keys(rest).length === 0;
  const nodes = readGraph(object);
  const isWhole = nodes.length === Object.keys(object).length && nodes.every(({ inputs }) => inputs.length > 0);
  return isWhole && nodes.some(({ inputs }) => inputs.includes('steps') && inputs.some((name) => /seed$/.test(name)));
}

/** A prompt, then the line of settings to the very end. By plain search: the text is hostile. */
function isWholeSamplingText(text: string): boolean {
  const lineAt = text.lastIndexOf('\nSteps: ') + 1;
  const line = text.slice(lineAt);
  if (CONTROL.test(text)) return false;
  if (lineAt === 0 || text.slice(0, lineAt).trim() === '' || !LINE.test(line)) return false;
  return (
    NEEDED.every((pattern) => pattern.test(line)) &&
    line
      .split(', ')
      .slice(0, 3)
      .every((part) => NAMED.test(part))
  );
}
