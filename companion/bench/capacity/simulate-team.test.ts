import { expect, it } from 'vitest';
import { EventQueue, Station } from './event-queue.ts';
import { growth, type ServiceTimes, simulateTeam } from './simulate-team.ts';

const FREE: ServiceTimes = {
  batch: 16,
  batchMs: 200,
  turnMs: 0,
  workerMs: 0,
  claimMs: 0,
  claimEachMs: 0,
  writeMs: 0,
  writeEachMs: 0,
};

const desk = (workers: number) => ({ workers, databaseCores: 8, seconds: 20, warmUpSeconds: 2 });

it('runs events in the order of their times, those of one moment in the order in which they came', () => {
  const clock = new EventQueue();
  const seen: string[] = [];
  for (const [at, name] of [
    [5, 'c'],
    [1, 'a'],
    [5, 'd'],
    [3, 'b'],
    [9, 'late'],
  ] as const) {
    clock.after(at, () => seen.push(`${name}${clock.now}`));
  }
  clock.run(8);
  expect(seen).toEqual(['a1', 'b3', 'c5', 'd5']);
});

it('serves as many at once as there are places, the others in their turn', () => {
  const clock = new EventQueue();
  const station = new Station(clock, 2);
  const ends: number[] = [];
  for (let at = 0; at < 5; at += 1) station.serve(10, () => ends.push(clock.now));
  clock.run(100);
  expect([ends, station.served]).toEqual([[10, 10, 20, 20, 30], 50]);
});

it('lets workers do what their models can, where nothing else takes time', () => {
  for (const workers of [1, 4, 100]) {
    expect(simulateTeam(FREE, desk(workers)).rate).toBeCloseTo(workers * 80, -1);
  }
});

it('has one end of the chain: beyond it more workers do no more', () => {
  // A record takes a millisecond of it, and three batches of a worker go together where they wait: 48 in 52 ms.
  const times = { ...FREE, writeMs: 4, writeEachMs: 1 };
  const [few, many, more] = [5, 40, 80].map((workers) => simulateTeam(times, desk(workers)));
  expect(few?.efficiency).toBeGreaterThan(0.9);
  for (const found of [many, more]) {
    expect(found?.rate).toBeGreaterThan(850);
    expect(found?.rate).toBeLessThan(950);
    expect(found?.chain).toBeCloseTo(1, 1);
  }
});

it('loses what a worker is busy with between two batches', () => {
  expect(simulateTeam({ ...FREE, turnMs: 50 }, desk(2)).efficiency).toBeCloseTo(0.8, 1);
});

it('has no more processor time than there is on one machine', () => {
  const times = { ...FREE, workerMs: 10 };
  expect(simulateTeam(times, { ...desk(4), sharedCores: 2 }).rate).toBeCloseTo(200, -1);
  expect(simulateTeam(times, desk(1)).rate).toBeCloseTo(80, -1);
});

it('answers a question with the next batch, while bulk fills the workers', () => {
  const { questionP95 } = simulateTeam(FREE, { ...desk(4), questions: 5, seconds: 200 });
  // What remains of the batch in work, and its own.
  expect(questionP95).toBeGreaterThan(350);
  expect(questionP95).toBeLessThan(405);
});

it('tells what a year of records needs', () => {
  expect(growth(1e8, { database: 5_000, log: 7_300 })).toMatchObject({ database: 500, logADay: 2 });
  expect(growth(1e8, { database: 1, log: 1 }).rate).toBeCloseTo(3.17, 2);
});
