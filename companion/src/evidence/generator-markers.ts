/** Recognises the settings that generators write beside their pictures. Names in captions are not settings. */
export interface GeneratorMarker {
  readonly generator: string;
  /** @param text reads a text field by its keyword */
  readonly matches: (text: (keyword: string) => string | undefined) => boolean;
}

/** "Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 123": two of the settings beside the steps must be there. */
export function isSamplingSettings(text: string | undefined): boolean {
  if (!text || !/(^|\n|,\s*)Steps: \d+,/.test(text)) return false;
  return [/\bSampler: \w/, /\bCFG scale: [\d.]+/, /\bSeed: \d+/].filter((pattern) => pattern.test(text)).length >= 2;
}

function parsed(text: string | undefined): unknown {
  if (!text || !/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A ComfyUI graph: nodes with class_type (prompt) or type (workflow), and among them one that samples. */
function isComfyGraph(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const nodes = Array.isArray(value.nodes) ? value.nodes : Object.values(value);
  return nodes.some((node) => {
    const kind = isRecord(node) ? (node.class_type ?? node.type) : undefined;
    return typeof kind === 'string' && /sampler/i.test(kind);
  });
}

export const GENERATOR_MARKERS: readonly GeneratorMarker[] = [
  {
    generator: 'ComfyUI',
    matches: (text) => isComfyGraph(parsed(text('prompt'))) || isComfyGraph(parsed(text('workflow'))),
  },
  {
    generator: 'InvokeAI',
    matches: (text) =>
      ['invokeai_metadata', 'invokeai_graph', 'sd-metadata'].some((keyword) => isRecord(parsed(text(keyword)))),
  },
  {
    generator: 'NovelAI',
    matches: (text) => {
      const comment = parsed(text('Comment'));
      return text('Software') === 'NovelAI' && isRecord(comment) && 'steps' in comment && 'sampler' in comment;
    },
  },
  {
    generator: 'Stable Diffusion WebUI',
    matches: (text) => isSamplingSettings(text('parameters')) || isSamplingSettings(text('UserComment')),
  },
];
