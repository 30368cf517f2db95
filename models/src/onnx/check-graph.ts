import { TouchstoneError } from '@touchstone/shared';
import { type GraphContents, readGraphContents } from './graph-contents.ts';

/** Sets of operators that the runtime itself brings along. */
const DOMAINS: ReadonlySet<string> = new Set(['', 'ai.onnx.ml', 'com.microsoft']);

/** Operators that no classifier of pictures needs, and why they are refused. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  [':Loop', 'a Loop may never end'],
  ['com.microsoft:EPContext', 'an EPContext loads a file of its own choice'],
]);

/**
 * Reads a graph without running it, and refuses what could hang the computer or read files that nobody listed.
 * @param listed names of the files in the pack's folder that its pack.json lists with their hashes
 * @throws TouchstoneError `pack-invalid` that names what is refused
 */
export function checkGraph(path: string, listed: readonly string[]): void {
  const contents = readGraphContents(path);
  for (const operator of contents.operators) checkOperator(operator, contents);
  for (const file of contents.externalFiles) {
    if (!listed.includes(file)) {
      throw new TouchstoneError('pack-invalid', `the graph keeps weights in "${file}", which pack.json does not list`);
    }
  }
}

function checkOperator(operator: string, { functions }: GraphContents): void {
  const reason = REFUSED.get(operator);
  if (reason) throw new TouchstoneError('pack-invalid', `the graph is refused: ${reason}`);
  const domain = operator.slice(0, operator.lastIndexOf(':'));
  if (!DOMAINS.has(domain) && !functions.has(operator)) {
    throw new TouchstoneError('pack-invalid', `the graph needs the custom operator ${operator}`);
  }
}
