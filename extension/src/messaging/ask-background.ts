import { pageError, pageErrorReport, ReportedError } from '@touchstone/shared';
import * as v from 'valibot';
import { browser } from 'wxt/browser';
import { AnswerEnvelope } from './answer-envelope.ts';
import type { Answers, Request, RequestInput } from './requests.ts';

/**
 * Asks the background from an extension page or the pairing page.
 * @returns the answer of that request
 * @throws ReportedError with the background's code; `internal` where it gave no answer that can be read
 */
export async function askBackground<Type extends Request['type']>(
  request: Extract<RequestInput, { type: Type }>,
): Promise<Answers[Type]> {
  const envelope = v.safeParse(AnswerEnvelope, await browser.runtime.sendMessage(request));
  if (!envelope.success) throw pageError('internal', 'no readable answer');
  if (!envelope.output.ok) throw new ReportedError(envelope.output.error);
  // Both ends are this extension, of the same build; the envelope is checked, the content is the table's.
  return envelope.output.answer as Answers[Type];
}

/** The report of anything that `askBackground` threw. */
export function reportOf(error: unknown) {
  return error instanceof ReportedError ? error.toReport() : pageErrorReport('internal');
}
