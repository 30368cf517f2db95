import { type JsonObject, jsonObject } from './json-field.ts';

/** One node of a graph, as far as it matters here. */
export interface GraphNode {
  /** Its class. */
  readonly kind: string;
  /** Names of what it takes: widgets and links. */
  readonly inputs: readonly string[];
  /** What its widgets hold as text. */
  readonly words: readonly string[];
  /** Whether a picture leaves it, as far as the graph says; true where it does not say. */
  readonly givesPicture: boolean;
}

/** Inputs by which pictures go from node to node, and outputs by their type. */
const PICTURE_INPUT = /image|video|pixels|frames|samples|latent/i;
const PICTURE_TYPE = /^(?:IMAGE|VIDEO|LATENT)$/;

/** Nodes of a prompt (an object of them) or of a workflow (a list, with more inside named groups). */
export function readGraph(graph: JsonObject): GraphNode[] {
  if (!Array.isArray(graph.nodes) && graph.definitions === undefined) return promptNodes(graph);
  const nodes: unknown[] = Array.isArray(graph.nodes) ? graph.nodes : [];
  // Newer workflows keep nodes inside named groups.
  const definitions = jsonObject(graph.definitions);
  const groups: unknown[] = Array.isArray(definitions?.subgraphs) ? definitions.subgraphs : [];
  const inner = groups.flatMap((group) => listOf(jsonObject(group)?.nodes));
  return [...nodes, ...inner].flatMap((node) => {
    const { type, class_type, inputs, outputs, widgets_values } = jsonObject(node) ?? {};
    const kind = class_type ?? type;
    if (!isText(kind)) return [];
    const types = listOf(outputs).map((output) => jsonObject(output)?.type);
    const givesPicture = types.length === 0 || types.some((one) => isText(one) && PICTURE_TYPE.test(one));
    const names = listOf(inputs).map((input) => jsonObject(input)?.name);
    return [{ kind, inputs: names.filter(isText), words: valuesOf(widgets_values).filter(isText), givesPicture }];
  });
}

function promptNodes(graph: JsonObject): GraphNode[] {
  const nodes = Object.entries(graph).flatMap(([id, node]) => {
    const { class_type, type, inputs } = jsonObject(node) ?? {};
    const kind = class_type ?? type;
    return isText(kind) ? [{ id, kind, inputs: jsonObject(inputs) ?? {} }] : [];
  });
  const giving = new Set<unknown>();
  for (const { inputs } of nodes) {
    for (const [name, value] of Object.entries(inputs)) {
      if (Array.isArray(value) && PICTURE_INPUT.test(name)) giving.add(String(value[0]));
    }
  }
  return nodes.map(({ id, kind, inputs }) => ({
    kind,
    inputs: Object.keys(inputs),
    words: Object.values(inputs).filter(isText),
    givesPicture: giving.has(id),
  }));
}

const isText = (value: unknown): value is string => typeof value === 'string';
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const valuesOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : Object.values(jsonObject(value) ?? {}));
