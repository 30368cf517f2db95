import { expect, it } from 'vitest';
import { throwIfCancelled } from './throw-if-cancelled.ts';

it('throws once the signal has been aborted, with what it was that failed', () => {
  const cause = new Error('the socket was closed');
  expect(() => throwIfCancelled(undefined)).not.toThrow();
  expect(() => throwIfCancelled(new AbortController().signal, cause)).not.toThrow();
  expect(() => throwIfCancelled(AbortSignal.abort())).toThrow(expect.objectContaining({ code: 'cancelled' }));
  expect(() => throwIfCancelled(AbortSignal.abort(), cause)).toThrow(expect.objectContaining({ cause }));
});
