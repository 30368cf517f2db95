import { errorReport, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { AnswerEnvelope, type Answers, ChangeNotice, type Request, type RequestInput } from './requests.ts';

/**
 * Asks the background from an extension page or the pairing page.
 * @returns the answer of that request
 * @throws TouchstoneError with the background's code; `internal` where it gave no answer that can be read
 */
export async function askBackground<Type extends Request['type']>(
  request: Extract<RequestInput, { type: Type }>,
): Promise<Answers[Type]> {
  const envelope = v.safeParse(AnswerEnvelope, await browser.runtime.sendMessage(request));
  if (!envelope.success) throw new TouchstoneError('internal', 'no readable answer');
  if (!envelope.output.ok) throw TouchstoneError.fromReport(envelope.output.error);
  // Both ends are this extension, of the same build; the envelope is checked, the content is the table's.
  return envelope.output.answer as Answers[Type];
}

/** Calls back whenever the background says that something shown may have changed, until the signal aborts. */
export function onBackgroundChange(listener: (what: ChangeNotice['what']) => void, signal: AbortSignal): void {
  const receive = (message: unknown) => {
    const notice = v.safeParse(ChangeNotice, message);
    if (notice.success) listener(notice.output.what);
    return undefined;
  };
  browser.runtime.onMessage.addListener(receive);
  signal.addEventListener('abort', () => browser.runtime.onMessage.removeListener(receive));
}

/** The report of anything that `askBackground` threw. */
export function reportOf(error: unknown) {
  return error instanceof TouchstoneError ? error.toReport() : errorReport('internal');
}
