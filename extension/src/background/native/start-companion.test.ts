import { newNonce, TouchstoneError } from '@touchstone/shared';
import { beforeEach, expect, it, vi } from 'vitest';
import type { Companion } from '../connection/companion.ts';
import type { ConnectionPhase } from '../connection/connection-state.ts';
import { keptIdentity } from '../pairing/fixtures/kept-identity.ts';
import { startThroughHost } from './start-companion.ts';

const { pairWith } = vi.hoisted(() => ({ pairWith: vi.fn() }));
vi.mock('../pairing/pair.ts', () => ({ pairWith }));

const stored = { browserId: 'browser-1', secret: newNonce(), port: 47615 };
const CODE = '7ZK0-0MPQ-X2B8-T6R1';

beforeEach(() => pairWith.mockReset().mockResolvedValue({ ...stored, port: 8080 }));

function start(phase: ConnectionPhase, identity: typeof stored | undefined, ask = vi.fn()) {
  const companion: Companion = {
    state: { phase },
    waiting: 0,
    check: () => Promise.reject(new Error('not asked for')),
    session: vi.fn(),
    reconnect: vi.fn(),
  };
  const write = vi.fn(async () => undefined);
  const identities = { ...keptIdentity(identity), write };
  const openSocket = () => {
    throw new Error('not asked for');
  };
  return { companion, write, ask, done: startThroughHost({ companion, identities, openSocket, ask }) };
}

it('starts a companion that is paired and away, and asks for no code', async () => {
  const ask = vi.fn().mockResolvedValue({ type: 'running', port: 47615 });
  const { companion, write, done } = start('not-running', stored, ask);
  await done;
  expect(ask).toHaveBeenCalledExactlyOnceWith({ type: 'start' });
  expect(companion.reconnect).toHaveBeenCalledWith(true);
  expect(companion.session).toHaveBeenCalled();
  expect(write).not.toHaveBeenCalled();
});

it('follows the companion to another port with the pairing as it is', async () => {
  const ask = vi.fn().mockResolvedValue({ type: 'running', port: 9090 });
  const { write, done } = start('not-running', stored, ask);
  await done;
  expect(write).toHaveBeenCalledExactlyOnceWith({ ...stored, port: 9090 });
  expect(pairWith).not.toHaveBeenCalled();
});

it.each<[string, ConnectionPhase, typeof stored | undefined]>([
  ['nothing was ever paired', 'not-running', undefined],
  ['the companion has ended the pairing', 'not-paired', stored],
])('pairs where %s', async (_, phase, identity) => {
  const ask = vi.fn().mockResolvedValue({ type: 'running', port: 8080, code: CODE });
  const { write, done } = start(phase, identity, ask);
  await done;
  expect(ask).toHaveBeenCalledExactlyOnceWith({ type: 'pair' });
  expect(pairWith).toHaveBeenCalledWith(8080, CODE, expect.anything());
  expect(write).toHaveBeenCalledOnce();
});

it('changes nothing where no host is installed', async () => {
  const ask = vi.fn().mockRejectedValue(new TouchstoneError('companion-unreachable'));
  const { companion, write, done } = start('not-running', stored, ask);
  await expect(done).rejects.toMatchObject({ code: 'companion-unreachable' });
  expect(companion.reconnect).not.toHaveBeenCalled();
  expect(write).not.toHaveBeenCalled();
});
