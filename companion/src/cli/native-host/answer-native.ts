import { type NativeAnswer, NativeRequest, TouchstoneError } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import * as v from 'valibot';
import { needCompanion } from '../link/companion-link.ts';
import { startDetached } from '../start/start-detached.ts';

/** What the host does, for tests to stand in for. */
export interface Companions {
  start(): Promise<unknown>;
  /** @returns its port, and a new one-time code where one is wanted */
  ask(code: boolean): Promise<{ readonly port: number; readonly code?: string }>;
}

export const companions: Companions = {
  start: () => startDetached(),
  async ask(wanted) {
    const link = await needCompanion();
    if (!wanted) return { port: link.port };
    const { code } = await link.call(api.links.pairing);
    return { port: link.port, code };
  },
};

/**
 * Does what our extension asks, of the two things that there are.
 * @param message as it came
 * @throws TouchstoneError `bad-message`, `companion-unreachable`
 */
export async function answerNative(message: unknown, { start, ask } = companions): Promise<NativeAnswer> {
  const request = v.safeParse(NativeRequest, message);
  if (!request.success) throw new TouchstoneError('bad-message', request.issues[0].message);
  await start();
  return { type: 'running', ...(await ask(request.output.type === 'pair')) };
}
