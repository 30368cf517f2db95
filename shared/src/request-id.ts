import * as v from 'valibot';

/** Chosen by the client, unique among its unanswered requests. */
export const RequestId = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 31));
