import { newNonce } from '@touchstone/shared';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Companion } from '../connection/companion.ts';
import type { ConnectionPhase } from '../connection/connection-state.ts';
import { answerPair } from './answer-pair.ts';
import { keptIdentity } from './fixtures/kept-identity.ts';
import type { Identity } from './identity-store.ts';

const { pairWith } = vi.hoisted(() => ({ pairWith: vi.fn() }));
vi.mock('./pair.ts', () => ({ pairWith }));

const paired: Identity = { browserId: 'browser-1', secret: newNonce(), port: 47615 };
const team: Identity = { browserId: 'browser-3', secret: newNonce(), address: 'https://desk.example' };
const fresh: Identity = { browserId: 'browser-2', secret: newNonce(), port: 8080 };

beforeEach(() => pairWith.mockReset().mockResolvedValue(fresh));

async function ask(port: number, replace: boolean, stored: Identity | undefined, phase: ConnectionPhase) {
  const write = vi.fn(async () => undefined);
  const companion: Companion = {
    state: { phase },
    waiting: 0,
    check: () => Promise.reject(new Error('not asked for')),
    session: vi.fn(),
    reconnect: vi.fn(),
  };
  const answer = await answerPair(
    { type: 'pair', code: '7ZK0-0MPQ-X2B8-T6R1', port, replace },
    {
      companion,
      identities: { ...keptIdentity(stored), write },
      openSocket: () => {
        throw new Error('not asked for');
      },
    },
  );
  return { answer, write };
}

describe('a request to pair', () => {
  it('is done where nothing is paired', async () => {
    const { answer, write } = await ask(8080, false, undefined, 'not-paired');
    expect(answer).toEqual({ outcome: 'paired' });
    expect(write).toHaveBeenCalledWith(fresh);
  });

  it.each<[string, number, ConnectionPhase]>([
    ['another port', 8080, 'connected'],
    ['its own port while the companion is away', 47615, 'not-running'],
    ['its own port while another program holds it', 47615, 'refused'],
  ])('is refused for %s, and the other side is not even spoken to', async (_, port, phase) => {
    const { answer, write } = await ask(port, false, paired, phase);
    expect(answer).toEqual({ outcome: 'would-replace', port: 47615 });
    expect(pairWith).not.toHaveBeenCalled();
    expect(write).not.toHaveBeenCalled();
  });

  it('replaces a pairing when it says so', async () => {
    const { answer, write } = await ask(8080, true, paired, 'connected');
    expect(answer).toEqual({ outcome: 'paired' });
    expect(write).toHaveBeenCalledWith(fresh);
  });

  it('needs no word where the companion itself has ended the pairing', async () => {
    const { answer, write } = await ask(8080, false, paired, 'not-paired');
    expect(answer).toEqual({ outcome: 'paired' });
    expect(write).toHaveBeenCalledWith(fresh);
  });

  it.each([false, true])('takes nobody off a team’s server, whatever it says (replace: %s)', async (replace) => {
    await expect(ask(8080, replace, team, 'connected')).rejects.toMatchObject({ code: 'team-in-use' });
    expect(pairWith).not.toHaveBeenCalled();
  });

  it('needs no word to pair again with the companion that it is connected to', async () => {
    expect((await ask(47615, false, paired, 'connected')).answer).toEqual({ outcome: 'paired' });
  });
});
