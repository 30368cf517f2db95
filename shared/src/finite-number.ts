import * as v from 'valibot';

/**
 * A number that can be written down. `v.number()` lets Infinity through, which MessagePack and JSON (`1e999`) both bring in and
 * no JSON can write: so every schema begins its numbers here.
 */
export const FiniteNumber = v.pipe(v.number(), v.finite());
