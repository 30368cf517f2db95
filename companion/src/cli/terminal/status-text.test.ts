import type { CompanionStatus } from '@touchstone/shared';
import { expect, it } from 'vitest';
import { statusText } from './status-text.ts';

const pack = (name: string, tier: 'quick' | 'thorough') => ({ name, version: '1', tier, sha256: '0'.repeat(64) });
const status: CompanionStatus = {
  version: '1',
  protocol: 1,
  pid: 1,
  port: 1,
  startedAt: 0,
  provider: 'cpu',
  providerReason: 'A test.',
  packs: [pack('a', 'quick'), pack('b', 'thorough'), pack('c', 'thorough')],
  recordingPaused: false,
  records: 0,
  queued: { live: 0, asked: 0, bulk: 0 },
  workerRestarts: 0,
};
const packLines = (inUse: Readonly<Record<'quick' | 'thorough', string | null>> | undefined): string[] =>
  statusText({
    ...status,
    packs: status.packs.map((one) => ({
      ...one,
      ...(inUse && { usedFor: (['quick', 'thorough'] as const).filter((tier) => inUse[tier] === one.name) }),
    })),
  })
    .split('\n')
    .flatMap((line) => /Model pack +(.*)/.exec(line)?.[1] ?? []);

it.each([
  [{ quick: 'a', thorough: 'b' }, ['in use for what scrolls by', 'in use for what you ask about', 'installed']],
  [{ quick: 'a', thorough: null }, ['in use for everything', 'installed', 'installed']],
  [{ quick: 'b', thorough: 'b' }, ['installed', 'in use for everything', 'installed']],
  [undefined, ['installed', 'installed', 'installed']],
])('says what each pack is used for: %o', (inUse, [a, b, c]) => {
  expect(packLines(inUse)).toEqual([`a 1 (quick; ${a})`, `b 1 (thorough; ${b})`, `c 1 (thorough; ${c})`]);
});
