import { ErrorReport } from '@touchstone/shared';
import * as v from 'valibot';

/** Every answer travels in one of these, so that an error keeps its code. */
export const AnswerEnvelope = v.variant('ok', [
  v.object({ ok: v.literal(true), answer: v.unknown() }),
  v.object({ ok: v.literal(false), error: ErrorReport }),
]);
export type AnswerEnvelope = v.InferOutput<typeof AnswerEnvelope>;
