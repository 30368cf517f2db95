import { describe, expect, it } from 'vitest';
import { createAutoQueue } from './queue.ts';

function setup(capacity = 1) {
  const log: string[] = [];
  const queue = createAutoQueue<string, string>(
    {
      start: (_, url) => {
        log.push(`start ${url}`);
        return () => log.push(`cancel ${url}`);
      },
      waiting: (key) => log.push(`wait ${key}`),
      show: (key, outcome) => log.push(`show ${key} ${outcome}`),
    },
    capacity,
  );
  return { log, queue, starts: () => log.filter((line) => line.startsWith('start')) };
}

describe('createAutoQueue', () => {
  it('asks visible pictures before near ones, each kind in order', () => {
    const { queue, starts } = setup();
    queue.enter('a', 'busy', true);
    queue.enter('b', 'near', false);
    queue.enter('c', 'visible-1', true);
    queue.enter('d', 'visible-2', true);
    for (const url of ['busy', 'visible-1', 'visible-2', 'near']) queue.settle(url, 'real', true);
    expect(starts()).toEqual(['start busy', 'start visible-1', 'start visible-2', 'start near']);
  });

  it('prefers a near picture that became visible while it waited', () => {
    const { queue, starts } = setup();
    queue.enter('a', 'busy', true);
    queue.enter('b', 'first', false);
    queue.enter('c', 'second', false);
    queue.enter('c', 'second', true);
    queue.settle('busy', 'real', true);
    expect(starts()).toEqual(['start busy', 'start second']);
  });

  it('never has more out than its capacity', () => {
    const { queue, starts } = setup(2);
    for (const key of ['a', 'b', 'c', 'd']) queue.enter(key, key, true);
    expect(starts()).toHaveLength(2);
  });

  it('sends one address once, and shares its outcome, also with pictures that come later', () => {
    const { queue, log, starts } = setup(4);
    queue.enter('a', 'same', true);
    queue.enter('b', 'same', true);
    queue.settle('same', 'fake', true);
    queue.enter('c', 'same', true);
    expect(starts()).toEqual(['start same']);
    expect(log.filter((line) => line.startsWith('show'))).toEqual(['show a fake', 'show b fake', 'show c fake']);
  });

  it('shows again what is known of what is near, and asks nothing', () => {
    const { queue, log } = setup(4);
    queue.enter('a', 'x', true);
    queue.enter('b', 'y', true);
    queue.settle('x', 'real', true);
    const before = log.length;
    queue.showAgain();
    expect(log.slice(before)).toEqual(['show a real']);
  });

  it('cancels what left before it started, and asks again when it comes back', () => {
    const { queue, log } = setup();
    queue.enter('a', 'x', true);
    queue.leave('a');
    expect(log).toEqual(['wait a', 'start x', 'cancel x']);
    queue.enter('a', 'x', true);
    expect(log.slice(3)).toEqual(['wait a', 'start x']);
  });

  it('lets a begun check finish and keeps its outcome', () => {
    const { queue, log } = setup();
    queue.enter('a', 'x', true);
    queue.begun('x');
    queue.leave('a');
    queue.settle('x', 'real', true);
    queue.enter('a', 'x', true);
    expect(log).toEqual(['wait a', 'start x', 'show a real']);
  });

  it('does not cancel an address that another picture still shows', () => {
    const { queue, log } = setup();
    queue.enter('a', 'x', true);
    queue.enter('b', 'x', true);
    queue.leave('a');
    expect(log).not.toContain('cancel x');
  });

  it('drops the outcome of an address that changed meanwhile, and judges the new one', () => {
    const { queue, log } = setup(2);
    queue.enter('a', 'old', true);
    queue.begun('old');
    queue.enter('a', 'new', true);
    queue.settle('old', 'fake', true);
    expect(log).not.toContain('show a fake');
    queue.settle('new', 'real', true);
    expect(log.at(-1)).toBe('show a real');
  });

  it('tries a passing failure again only after the picture went and came back', () => {
    const { queue, starts } = setup();
    queue.enter('a', 'x', true);
    queue.settle('x', 'busy', false);
    queue.enter('b', 'y', true);
    queue.settle('y', 'real', true);
    expect(starts()).toEqual(['start x', 'start y']);
    queue.leave('a');
    queue.enter('a', 'x', true);
    expect(starts()).toEqual(['start x', 'start y', 'start x']);
  });

  it('asks passing failures again when told to', () => {
    const { queue, starts } = setup();
    expect(queue.retry()).toBe(false);
    queue.enter('a', 'x', true);
    queue.settle('x', 'companion away', false);
    expect(queue.retry()).toBe(true);
    expect(starts()).toEqual(['start x', 'start x']);
  });

  it('cancels everything when cleared', () => {
    const { queue, log } = setup(2);
    queue.enter('a', 'x', true);
    queue.enter('b', 'y', true);
    queue.clear();
    expect(log.slice(-2)).toEqual(['cancel x', 'cancel y']);
  });

  it('asks anew about an address that gave another picture, even while it is being judged', () => {
    const { log, queue, starts } = setup();
    queue.enter('a', 'x', true);
    queue.begun('x');
    queue.leave('a');
    queue.forget('x');
    expect(log).toContain('cancel x');
    queue.enter('a', 'x', true);
    queue.settle('x', 'real', true);
    queue.leave('a');
    queue.forget('x');
    queue.enter('a', 'x', true);
    expect(starts()).toEqual(['start x', 'start x', 'start x']);
    expect(log.at(-2)).toBe('wait a');
  });
});
