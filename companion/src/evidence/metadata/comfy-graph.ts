import { type GraphNode, readGraph } from './comfy-nodes.ts';
import { jsonObject } from './json-field.ts';

/** Nodes that make pictures, by what their class says: samplers, the empty canvas they start from, generators. */
const MAKES_PICTURES =
  /(?<!re)sampler|^Empty\w*Latent|(?:txt|text)_?(?:to|2)_?(?:image|img|video|vid)|(?:image|img)_?(?:to|2)_?(?:video|vid)|image_?gener|generate_?image|video_?gener|UltimateSDUpscale/i;
/** Nodes that a picture leaves the graph by. */
const KEEPS_PICTURES = /^(?:save|preview)_?\w*(?:image|video|anim|web|gif)|video_?combine|image_?save/i;
/** Nodes that a picture comes in by, whoever wrote them; and what they are given: names of files, addresses, bytes. */
const BRINGS_PICTURES =
  /load|input|upload|import|inject|webcam|camera|screen|clipboard|folder|director|batch|url|base_?64|receive/i;
const NAMES_PICTURE = /\.(?:png|jpe?g|webp|gif|bmp|tiff?|avif|heic|mp4|mov|webm|mkv)\b|^https?:|^data:/i;
/** Nodes that draw: plain colours, masks, text. What they make is no photograph, and no generator's work. */
const DRAWS =
  /^empty|solid|colou?r|gradient|noise|mask|shape|draw|text|string|chart|plot|qr|blank|note|primitive|int|float|reroute/i;
/** Inputs that say in words what shall be seen, and that roll the dice for it. */
const ASKS = /prompt/i;
const ROLLS = /^(?:noise_)?seed$/i;
const TAKES_PICTURE = /image|video|pixels|frames/i;

/** Civitai rewrites graphs without quotation marks, and cuts them at the prompt: `{3: {class_type: KSampler, inputs: {...`. */
const UNQUOTED = /^\{\s*\w+: \{(?:class_type: \w|inputs: \{)/;
/** Names of nodes are short; without a bound, a hostile text makes this quadratic. */
const UNQUOTED_NODE = /class_type: (\w{1,100})\s*(?:\}|, inputs: \{)/gi;
const UNQUOTED_SAMPLER = /sampler|^Empty\w*Latent/i;

/** Fields inside fields; a hostile file nests a hundred thousand. */
const MAX_DEPTH = 3;

/**
 * Whether a text is a ComfyUI graph that makes a picture: nodes with `class_type` (a prompt) or `type` (a workflow), and
 * among them one that samples, one that is asked in words, or nothing that the kept picture could have come in by. A graph
 * that only loads, scales, cuts or draws makes none.
 */
export function isComfyGraph(text: unknown, depth = 0): boolean {
  const graph = jsonObject(text);
  if (!graph) return typeof text === 'string' && UNQUOTED.test(text) && hasUnquotedSampler(text);
  // Some programs put both graphs into one field.
  const inside = depth < MAX_DEPTH ? [graph.prompt, graph.workflow] : [];
  if (inside.some((one) => one !== undefined && isComfyGraph(one, depth + 1))) return true;
  return makesPictures(readGraph(graph));
}

function hasUnquotedSampler(text: string): boolean {
  for (const [, kind = ''] of text.matchAll(UNQUOTED_NODE)) if (UNQUOTED_SAMPLER.test(kind)) return true;
  return false;
}

function makesPictures(nodes: readonly GraphNode[]): boolean {
  if (nodes.some(({ kind }) => MAKES_PICTURES.test(kind))) return true;
  if (!nodes.some(({ kind }) => KEEPS_PICTURES.test(kind))) return false;
  return nodes.some(isAskedInWords) || comesFromNowhere(nodes);
}

/** A node that is told what to show, and rolls dice or has no picture to begin with: an artist, not a pair of scissors. */
function isAskedInWords({ kind, inputs, givesPicture }: GraphNode): boolean {
  if (!givesPicture || KEEPS_PICTURES.test(kind) || !inputs.some((name) => ASKS.test(name))) return false;
  return inputs.some((name) => ROLLS.test(name)) || !inputs.some((name) => TAKES_PICTURE.test(name));
}

/** What is kept was made here, where nothing brought it. */
function comesFromNowhere(nodes: readonly GraphNode[]): boolean {
  const makers = nodes.filter(
    ({ kind, givesPicture }) => givesPicture && !KEEPS_PICTURES.test(kind) && !DRAWS.test(kind),
  );
  return (
    makers.length > 0 &&
    !nodes.some(({ kind, words }) => BRINGS_PICTURES.test(kind) || words.some((word) => NAMES_PICTURE.test(word)))
  );
}
