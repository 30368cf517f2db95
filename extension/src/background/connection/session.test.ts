import { errorReport, type ServerMessage, type TouchstoneError } from '@touchstone/shared';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Channel } from './channel.ts';
import { statusForTests } from './fixtures/fake-companion.ts';
import { ANSWER_WITHIN_MS, createSession, type LateMeaning } from './session.ts';

vi.mock('wxt/browser', () => ({ browser: { runtime: { getPlatformInfo: async () => ({}) } } }));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A session at whose other end nobody answers a capture; pings are. */
function start(lateMeans: LateMeaning) {
  const sent: { type: string; id: number }[] = [];
  let deliver = (_: ServerMessage): void => undefined;
  const close = vi.fn();
  const channel: Channel = {
    send(message) {
      const given = message as { type: string; id: number };
      sent.push(given);
      if (given.type === 'ping') deliver({ type: 'pong', id: given.id });
    },
    receive: () =>
      new Promise((resolve) => {
        deliver = resolve;
      }),
    trust: () => undefined,
    close,
  };
  const welcome = { type: 'welcome', protocol: 2, proof: new Uint8Array(32), window: 2, windowBytes: 9 } as const;
  const session = createSession(channel, { ...welcome, status: statusForTests }, () => undefined, lateMeans);
  const asked = session.request({ type: 'explain', recordId: 'x' }).then(
    () => 'answered',
    ({ code }: TouchstoneError) => code,
  );
  return { sent, close, asked, deliver: (message: ServerMessage) => deliver(message) };
}

it('takes a companion that does not answer in time for one that hangs', async () => {
  const { close, sent } = start('hangs');
  await vi.advanceTimersByTimeAsync(ANSWER_WITHIN_MS);
  expect(close).toHaveBeenCalled();
  expect(sent.some(({ type }) => type === 'cancel')).toBe(false);
});

it('takes back what a team’s workers have no time for, and goes on', async () => {
  const { close, sent, asked, deliver } = start('busy');
  await vi.advanceTimersByTimeAsync(ANSWER_WITHIN_MS);
  expect(close).not.toHaveBeenCalled();
  const cancel = sent.find(({ type }) => type === 'cancel');
  deliver({ type: 'error', id: cancel?.id ?? 0, error: errorReport('cancelled') });
  expect(await asked).toBe('busy');
});
