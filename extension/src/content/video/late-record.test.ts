import { expect, it } from 'vitest';
import { createLateRecord, type LateOutcome } from './late-record.ts';

/** A companion that answers when the test says, and a clock that does the same. */
function attempts() {
  const under: ((outcome: LateOutcome) => void)[] = [];
  const waits: { readonly then: () => void; readonly ms: number }[] = [];
  const late = createLateRecord<string>(
    () => new Promise((resolve) => under.push(resolve)),
    (then, ms) => waits.push({ then, ms }),
  );
  const answer = async (outcome: LateOutcome) => {
    under.at(-1)?.(outcome);
    await Promise.resolve();
    await Promise.resolve();
  };
  return { late, under, waits, answer };
}

it('tries at once, and is done when it is written', async () => {
  const { late, under, waits, answer } = attempts();
  late.lost('a');
  expect(under).toHaveLength(1);
  expect(late.open).toBe(true);
  await answer('over');
  expect(late.open).toBe(false);
  late.retry();
  expect([under.length, waits.length]).toEqual([1, 0]);
});

it('asks nobody until a companion is heard of', async () => {
  const { late, under, waits, answer } = attempts();
  late.lost('a');
  await answer('no-companion');
  expect([under.length, waits.length]).toEqual([1, 0]);
  late.retry();
  expect(under).toHaveLength(2);
});

it('tries again where a companion was heard of while an attempt failed', async () => {
  const { late, under, answer } = attempts();
  late.lost('a');
  late.retry();
  expect(under).toHaveLength(1);
  await answer('no-companion');
  expect(under).toHaveLength(2);
  await answer('over');
  expect(late.open).toBe(false);
});

it('asks one that is busy again by itself, in growing steps', async () => {
  const { late, under, waits, answer } = attempts();
  late.lost('a');
  for (let times = 1; times <= 10; times++) {
    await answer('later');
    waits.at(-1)?.then();
    expect(under).toHaveLength(times + 1);
  }
  const pauses = waits.map(({ ms }) => ms);
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  expect(new Set(pauses).size).toBeGreaterThan(4);
  await answer('over');
  expect(late.open).toBe(false);
});

it('has one attempt to wait for, however often it hears of a companion', async () => {
  const { late, under, waits, answer } = attempts();
  late.lost('a');
  await answer('later');
  late.retry();
  expect(under).toHaveLength(2);
  await answer('later');
  for (const { then } of waits) then();
  expect(under).toHaveLength(3);
});

it('gives up in the end, and holds the video no longer', async () => {
  const { late, under, waits, answer } = attempts();
  late.lost('a');
  for (let times = 0; late.open && times < 100; times++) {
    await answer('later');
    waits.at(-1)?.then();
  }
  expect(late.open).toBe(false);
  const asked = under.length;
  waits.at(-1)?.then();
  late.retry();
  expect(under).toHaveLength(asked);
});
