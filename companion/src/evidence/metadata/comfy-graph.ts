import { jsonObject } from './json-field.ts';

/** Nodes that make pictures: samplers, the empty canvas they start from, and nodes that call a generator over the network. */
const MAKES_PICTURES =
  /sampler|^Empty\w*Latent|txt2img|text_?to_?image|image_?gener|generate_?image|ImageNode$|UltimateSDUpscale/i;

/** Civitai rewrites graphs without quotation marks, and cuts them at the prompt: `{3: {class_type: KSampler, inputs: {...`. */
const UNQUOTED = /^\{\s*\w+: \{(?:class_type: \w|inputs: \{)/;
const UNQUOTED_SAMPLER = /class_type: (?:\w*sampler\w*|Empty\w*Latent\w*)\s*(?:\}|, inputs: \{)/i;

/**
 * Whether a text is a ComfyUI graph that makes a picture: nodes with `class_type` (a prompt) or `type` (a workflow), and
 * among them one that samples. A graph that only loads, scales or cuts pictures makes none.
 */
export function isComfyGraph(text: unknown): boolean {
  const graph = jsonObject(text);
  if (!graph) return typeof text === 'string' && UNQUOTED.test(text) && UNQUOTED_SAMPLER.test(text);
  // Some programs put both graphs into one field.
  if ('prompt' in graph && isComfyGraph(graph.prompt)) return true;
  if ('workflow' in graph && isComfyGraph(graph.workflow)) return true;
  const nodes = Array.isArray(graph.nodes) ? graph.nodes : Object.values(graph);
  if (nodes.some(isPictureNode)) return true;
  // Newer workflows keep nodes inside named groups.
  const definitions = jsonObject(graph.definitions);
  const groups = Array.isArray(definitions?.subgraphs) ? definitions.subgraphs : [];
  return groups.some((group) => {
    const inner = jsonObject(group)?.nodes;
    return Array.isArray(inner) && inner.some(isPictureNode);
  });
}

function isPictureNode(node: unknown): boolean {
  const { class_type, type } = jsonObject(node) ?? {};
  const kind = class_type ?? type;
  return typeof kind === 'string' && MAKES_PICTURES.test(kind);
}
