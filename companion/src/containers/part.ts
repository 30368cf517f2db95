import type { ByteSource } from './byte-source.ts';

/**
 * A chunk, box or element: a named stretch of a file that the container's own structure points at. Offsets are absolute,
 * and never outside the file or what holds the part.
 */
export interface Part {
  /** As in the container: `iTXt`, `ANMF`, `moov`, `1654ae6b`. */
  readonly name: string;
  /** Where its content begins and ends. */
  readonly start: number;
  readonly end: number;
  /** False for one that reaches beyond what holds it: it is cut there, and no other follows. */
  readonly whole: boolean;
}

/** Parts side by side between two places of a file. */
export type PartsIn = (source: ByteSource, start: number, end: number) => Generator<Part>;

/**
 * The parts at the end of a way through parts in parts. The depth is the way's: what a file nests deeper is not entered.
 * @param way names, the outermost first
 */
export function* descend(
  source: ByteSource,
  partsIn: PartsIn,
  [next, ...rest]: readonly string[],
  part: Pick<Part, 'start' | 'end'> = { start: 0, end: source.size },
): Generator<Pick<Part, 'start' | 'end'>> {
  if (next === undefined) {
    yield part;
    return;
  }
  for (const inner of partsIn(source, part.start, part.end)) {
    if (inner.name === next) yield* descend(source, partsIn, rest, inner);
  }
}
