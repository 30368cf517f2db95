import type { ByteSource } from './byte-source.ts';
import { openTiff } from './tiff-entries.ts';

/** Places of directories inside one (TIFF tech note 1). */
const SUB_DIRECTORIES = 330;
/** Directories that are looked at; cameras write fewer than ten. */
const MAX_DIRECTORIES = 32;

/** A directory: the first value of each field, by tag; undefined where that is no whole number as places are. */
export type TiffDirectory = ReadonlyMap<number, number | undefined>;

/** All directories of a TIFF: those of the chain and those inside them (TIFF 6.0, section 2). */
export function* tiffDirectories(source: ByteSource): Generator<TiffDirectory> {
  const tiff = openTiff(source);
  if (!tiff) return;
  const waiting = [tiff.first];
  const seen = new Set<number>();
  for (let place = waiting.shift(); place !== undefined; place = waiting.shift()) {
    if (place === 0 || seen.has(place) || seen.size === MAX_DIRECTORIES) continue;
    seen.add(place);
    const values = new Map<number, number | undefined>();
    for (const field of tiff.fields(place)) {
      if (field.tag === SUB_DIRECTORIES) waiting.push(...tiff.placesIn(field, MAX_DIRECTORIES));
      values.set(field.tag, tiff.numberOf(field));
    }
    yield values;
    const next = tiff.after(place);
    if (next !== undefined) waiting.push(next);
  }
}
