import * as v from 'valibot';
import { FiniteNumber } from './finite-number.ts';

/** Chosen by the client, unique among its unanswered requests. */
export const RequestId = v.pipe(FiniteNumber, v.integer(), v.minValue(1), v.maxValue(2 ** 31));
