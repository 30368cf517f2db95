import { TouchstoneError } from '@touchstone/shared';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { renewSessions } from './renew-sessions.ts';

const { ask } = vi.hoisted(() => ({ ask: vi.fn<(request: unknown) => Promise<{ fragment: string }>>() }));
vi.mock('../messaging/ask-background.ts', () => ({ askBackground: ask }));

const GATE = '<main data-touchstone-session="none"></main>';
let stop: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  stop = new AbortController();
  document.body.innerHTML = GATE;
  window.location.href = 'http://127.0.0.1:47615/?verdict=fake';
  ask.mockReset();
  ask.mockResolvedValue({ fragment: '#a-one-time-token-of-the-companion' });
});
afterEach(() => {
  stop.abort();
  vi.useRealTimers();
});

const lose = async (milliseconds = 0) => {
  await vi.advanceTimersByTimeAsync(milliseconds);
  document.dispatchEvent(new Event('touchstone-session-lost'));
  await vi.advanceTimersByTimeAsync(0);
};

it('gives a page without a session a new link, and leaves its filter', async () => {
  renewSessions(document, stop.signal);
  await vi.advanceTimersByTimeAsync(0);
  expect(ask).toHaveBeenCalledWith({ type: 'history-session', port: 47615 });
  expect(window.location.href).toBe('http://127.0.0.1:47615/?verdict=fake#a-one-time-token-of-the-companion');
});

it('asks for nothing while the page has its session, and once when it loses it', async () => {
  document.body.innerHTML = '<main></main>';
  renewSessions(document, stop.signal);
  await lose();
  expect(ask).not.toHaveBeenCalled();
  document.body.innerHTML = GATE;
  await lose(60_000);
  expect(ask).toHaveBeenCalledTimes(1);
});

it('waits for a companion that is still being found, and not for ever', async () => {
  ask.mockRejectedValueOnce(new TouchstoneError('companion-unreachable'));
  renewSessions(document, stop.signal);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(ask).toHaveBeenCalledTimes(2);
  expect(window.location.hash).not.toBe('');

  ask.mockRejectedValue(new TouchstoneError('not-paired'));
  await lose(60_000);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(ask).toHaveBeenCalledTimes(7);
});

it('does not renew a session that is lost again at once', async () => {
  renewSessions(document, stop.signal);
  for (let again = 0; again < 5; again++) await lose(1_000);
  expect(ask).toHaveBeenCalledTimes(1);
});

it('ends with its context', async () => {
  renewSessions(document, stop.signal);
  await vi.advanceTimersByTimeAsync(0);
  stop.abort();
  await lose(60_000);
  expect(ask).toHaveBeenCalledTimes(1);
});
