import { TouchstoneError } from '@touchstone/shared';
import { openProtobuf, type ProtobufField, type ProtobufFile } from './protobuf-fields.ts';

/** What of an ONNX file decides whether it may be run; weights and shapes are left to the runtime. */
export interface GraphContents {
  /** Operators of all graphs and functions, as `domain:name`; the domain of ONNX itself is empty. */
  readonly operators: ReadonlySet<string>;
  /** Functions that the file itself defines, in the same form. */
  readonly functions: ReadonlySet<string>;
  /** Files outside that tensors lie in, as the file names them. */
  readonly externalFiles: ReadonlySet<string>;
}

/** Graphs lie in nodes of graphs (If, Scan); exporters nest two or three. */
const MAX_DEPTH = 16;

/** Numbers of the fields in onnx.proto3 that matter here. */
const MODEL = { graph: 7, function: 25 };
const GRAPH = { node: 1, initializer: 5, sparseInitializer: 15 };
const NODE = { operator: 4, attribute: 5, domain: 7 };
const ATTRIBUTE = { tensor: 5, graph: 6, tensors: 10, graphs: 11, sparse: 22, sparseTensors: 23 };
const FUNCTION = { name: 1, node: 7, domain: 10, attribute: 11 };
const SPARSE = { values: 1, indices: 2 };
const TENSOR = { external: 13, location: 14 };
const ENTRY = { key: 1, value: 2 };
const EXTERNAL = 1;

/**
 * @param path an ONNX file
 * @throws TouchstoneError `pack-invalid` where it is none
 */
export function readGraphContents(path: string): GraphContents {
  const file = openProtobuf(path);
  try {
    const contents = { operators: new Set<string>(), functions: new Set<string>(), externalFiles: new Set<string>() };
    let graphs = 0;
    for (const field of file.fields(0, file.size)) {
      if (field.number === MODEL.graph && field.nested) {
        graphs++;
        graph(file, field, contents, 0);
      } else if (field.number === MODEL.function && field.nested) localFunction(file, field, contents);
    }
    if (graphs === 0) throw new TouchstoneError('pack-invalid', 'the model is not an ONNX file');
    return contents;
  } finally {
    file.close();
  }
}

type Found = { readonly operators: Set<string>; readonly functions: Set<string>; readonly externalFiles: Set<string> };
type Visit = (file: ProtobufFile, field: ProtobufField, found: Found, depth: number) => void;

function visit(parts: Readonly<Record<number, Visit>>): Visit {
  return (file, { start, end }, found, depth) => {
    if (depth > MAX_DEPTH) throw new TouchstoneError('pack-invalid', 'the graphs are nested deeper than any we know');
    for (const field of file.fields(start, end)) if (field.nested) parts[field.number]?.(file, field, found, depth + 1);
  };
}

const tensor: Visit = (file, { start, end }, { externalFiles }) => {
  let outside = false;
  let location: string | undefined;
  for (const field of file.fields(start, end)) {
    if (field.number === TENSOR.location && field.value === EXTERNAL) outside = true;
    if (field.number !== TENSOR.external || !field.nested) continue;
    outside = true;
    let key = '';
    let value = '';
    for (const part of file.fields(field.start, field.end)) {
      if (part.number === ENTRY.key) key = file.text(part);
      if (part.number === ENTRY.value) value = file.text(part);
    }
    if (key === 'location') location = value;
    if (key === 'location') externalFiles.add(value);
  }
  if (outside && location === undefined) externalFiles.add('');
};

const sparseTensor = visit({ [SPARSE.values]: tensor, [SPARSE.indices]: tensor });
const graph: Visit = (file, field, found, depth) => graphParts(file, field, found, depth);
const attribute = visit({
  [ATTRIBUTE.tensor]: tensor,
  [ATTRIBUTE.tensors]: tensor,
  [ATTRIBUTE.graph]: graph,
  [ATTRIBUTE.graphs]: graph,
  [ATTRIBUTE.sparse]: sparseTensor,
  [ATTRIBUTE.sparseTensors]: sparseTensor,
});

const node: Visit = (file, field, found, depth) => {
  let [domain, operator] = ['', ''];
  for (const part of file.fields(field.start, field.end)) {
    if (part.number === NODE.operator) operator = file.text(part);
    if (part.number === NODE.domain) domain = file.text(part);
    if (part.number === NODE.attribute && part.nested) attribute(file, part, found, depth + 1);
  }
  found.operators.add(operatorId(domain, operator));
};

const graphParts = visit({ [GRAPH.node]: node, [GRAPH.initializer]: tensor, [GRAPH.sparseInitializer]: sparseTensor });

function localFunction(file: ProtobufFile, field: ProtobufField, found: Found): void {
  let [domain, name] = ['', ''];
  for (const part of file.fields(field.start, field.end)) {
    if (part.number === FUNCTION.name) name = file.text(part);
    if (part.number === FUNCTION.domain) domain = file.text(part);
    if (part.number === FUNCTION.node && part.nested) node(file, part, found, 1);
    if (part.number === FUNCTION.attribute && part.nested) attribute(file, part, found, 1);
  }
  found.functions.add(operatorId(domain, name));
}

/** ONNX's own domain has two names. */
const operatorId = (domain: string, name: string): string => `${domain === 'ai.onnx' ? '' : domain}:${name}`;
