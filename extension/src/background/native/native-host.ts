import { NATIVE_HOST, NativeAnswer, type NativeRequest, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import { browser } from 'wxt/browser';

export type RunningCompanion = Extract<NativeAnswer, { type: 'running' }>;

/**
 * Asks the native messaging host, which the browser starts for this one message.
 * @throws TouchstoneError `companion-unreachable` where no host is installed, and what the host says of its failure
 */
export async function askNativeHost(request: NativeRequest): Promise<RunningCompanion> {
  let answer: unknown;
  try {
    answer = await browser.runtime.sendNativeMessage(NATIVE_HOST, request);
  } catch (cause) {
    throw new TouchstoneError('companion-unreachable', String(cause), { cause });
  }
  const parsed = v.safeParse(NativeAnswer, answer);
  if (!parsed.success) throw new TouchstoneError('bad-message', 'of the native messaging host');
  if (parsed.output.type === 'failed') throw TouchstoneError.fromReport(parsed.output.error);
  return parsed.output;
}
