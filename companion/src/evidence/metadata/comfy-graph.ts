import { jsonObject } from './json-field.ts';

/** Nodes that make pictures: samplers, the empty canvas they start from, and nodes that call a generator over the network. */
const MAKES_PICTURES =
  /sampler|^Empty\w*Latent|txt2img|text_?to_?image|image_?gener|generate_?image|ImageNode$|UltimateSDUpscale/i;

/** Civitai rewrites graphs without quotation marks, and cuts them at the prompt: `{3: {class_type: KSampler, inputs: {...`. */
const UNQUOTED = /^\{\s*\w+: \{(?:class_type: \w|inputs: \{)/;
/** Names of nodes are short; without a bound, a hostile text makes this quadratic. */
const UNQUOTED_NODE = /class_type: (\w{1,100})\s*(?:\}|, inputs: \{)/gi;
const UNQUOTED_SAMPLER = /sampler|^Empty\w*Latent/i;

/** Fields inside fields; a hostile file nests a hundred thousand. */
const MAX_DEPTH = 3;

/**
 * Whether a text is a ComfyUI graph that makes a picture: nodes with `class_type` (a prompt) or `type` (a workflow), and
 * among them one that samples. A graph that only loads, scales or cuts pictures makes none.
 */
export function isComfyGraph(text: unknown, depth = 0): boolean {
  const graph = jsonObject(text);
  if (!graph) return typeof text === 'string' && UNQUOTED.test(text) && hasUnquotedSampler(text);
  // Some programs put both graphs into one field.
  const inside = depth < MAX_DEPTH ? [graph.prompt, graph.workflow] : [];
  if (inside.some((one) => one !== undefined && isComfyGraph(one, depth + 1))) return true;
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

function hasUnquotedSampler(text: string): boolean {
  for (const [, kind = ''] of text.matchAll(UNQUOTED_NODE)) if (UNQUOTED_SAMPLER.test(kind)) return true;
  return false;
}

function isPictureNode(node: unknown): boolean {
  const { class_type, type } = jsonObject(node) ?? {};
  const kind = class_type ?? type;
  return typeof kind === 'string' && MAKES_PICTURES.test(kind);
}
