import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import { LANE_CAPACITY, type Lane } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { createLanes } from './lanes.ts';

/** Lanes whose only place is taken until `open()` is called; `order` tells who ran. */
function blockedLanes() {
  const lanes = createLanes(1);
  const gate = Promise.withResolvers<void>();
  const order: string[] = [];
  const done: Promise<unknown>[] = [lanes.run({ lane: 'asked', client: 'gate' }, () => gate.promise)];
  const add = (lane: Lane, name: string, client = 'a', signal?: AbortSignal): Promise<void> => {
    const result = lanes.run({ lane, client, signal }, async () => void order.push(name));
    done.push(result.catch(() => undefined));
    return result;
  };
  const open = async (): Promise<string[]> => {
    gate.resolve();
    await Promise.all(done);
    return order;
  };
  return { lanes, add, open };
}

describe('lanes', () => {
  it('serve live before asked before bulk, the newest frame first', async () => {
    const { add, open } = blockedLanes();
    void add('bulk', 'bulk');
    void add('asked', 'asked');
    void add('live', 'old frame');
    void add('live', 'new frame');
    expect(await open()).toEqual(['new frame', 'old frame', 'asked', 'bulk']);
  });

  it('give bulk one turn in eight while questions never end', async () => {
    const { add, open } = blockedLanes();
    for (let index = 0; index < 16; index += 1) void add('bulk', 'bulk');
    for (let index = 0; index < 16; index += 1) void add('asked', 'asked');
    const order = (await open()).slice(0, 16);
    expect(order.filter((name) => name === 'bulk')).toHaveLength(2);
  });

  it('let clients take turns', async () => {
    const { add, open } = blockedLanes();
    for (const name of ['a1', 'a2', 'a3']) void add('bulk', name, 'a');
    for (const name of ['b1', 'b2']) void add('bulk', name, 'b');
    void add('bulk', 'c1', 'c');
    expect(await open()).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  });

  it('run each task in the name of whoever asked for it, whoever makes room', async () => {
    const lanes = createLanes(1);
    const owner = new AsyncLocalStorage<string>();
    const owners = ['ann', 'ben', 'cy'];
    const seen = owners.map((name) =>
      owner.run(name, () =>
        lanes.run({ lane: 'bulk', client: name }, async () => {
          await setImmediate();
          return owner.getStore();
        }),
      ),
    );
    expect(await Promise.all(seen)).toEqual(owners);
  });

  it('drop what is cancelled before it starts', async () => {
    const { lanes, add, open } = blockedLanes();
    const cancel = new AbortController();
    const cancelled = add('bulk', 'cancelled', 'a', cancel.signal);
    void add('bulk', 'kept');
    cancel.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(lanes.queued().bulk).toBe(1);
    expect(await open()).toEqual(['kept']);
    await expect(add('bulk', 'late', 'a', cancel.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('answer busy beyond their capacity', async () => {
    const { add, open } = blockedLanes();
    for (let i = 0; i < LANE_CAPACITY.asked; i++) void add('asked', `${i}`);
    await expect(add('asked', 'one too many')).rejects.toMatchObject({ code: 'busy' });
    expect(await open()).toHaveLength(LANE_CAPACITY.asked);
  });

  it('give up the oldest frame for the newest', async () => {
    const { add, open } = blockedLanes();
    const oldest = add('live', 'oldest');
    for (let i = 0; i < LANE_CAPACITY.live; i++) void add('live', `${i}`);
    await expect(oldest).rejects.toMatchObject({ code: 'busy' });
    expect((await open())[0]).toBe(`${LANE_CAPACITY.live - 1}`);
  });

  it('let clients take turns with their newest frames', async () => {
    const { add, open } = blockedLanes();
    for (const name of ['a1', 'a2', 'a3']) void add('live', name, 'a');
    void add('live', 'b1', 'b');
    void add('live', 'c1', 'c');
    void add('live', 'c2', 'c');
    expect(await open()).toEqual(['a3', 'b1', 'c2', 'a2', 'c1', 'a1']);
  });

  it.each(['live', 'asked'] as const)('have whoever waits with most give way to others (%s)', async (lane) => {
    const { add, open } = blockedLanes();
    const crowd = Array.from({ length: LANE_CAPACITY[lane] }, (_, at) => add(lane, `a${at}`, 'a'));
    void add(lane, 'b1', 'b');
    const [oldest, newest] = [crowd.at(0), crowd.at(-1)];
    await expect(lane === 'live' ? oldest : newest).rejects.toMatchObject({ code: 'busy' });
    const order = await open();
    expect([order.indexOf('b1') < 2, order.length]).toEqual([true, LANE_CAPACITY[lane]]);
  });

  it('go on after a task that fails, and tell when they are idle', async () => {
    const lanes = createLanes(2);
    await expect(lanes.run({ lane: 'bulk', client: 'a' }, () => Promise.reject(new Error('broken')))).rejects.toThrow(
      'broken',
    );
    expect(await lanes.run({ lane: 'bulk', client: 'a' }, async () => 7)).toBe(7);
    await lanes.idle();
    expect(lanes.queued()).toEqual({ live: 0, asked: 0, bulk: 0 });
  });
});
