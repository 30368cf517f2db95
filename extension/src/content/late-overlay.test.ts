import { cardWords } from '@touchstone/shared/words';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sampleRecord } from '../overlay/card/sample-record.ts';
import type { CheckState } from '../overlay/check-state.ts';
import type { Entry, EntryOptions, Look, Overlay } from '../overlay/entry.ts';
import { viewportAnchor } from '../overlay/place/anchor.ts';
import { createLateOverlay, type LateOverlay } from './late-overlay.ts';

const look: Look = { words: cardWords('en'), corner: 'top-end', imageSearch: 'none' };
const verdict: CheckState = { kind: 'verdict', record: sampleRecord() };
const options: EntryOptions = {
  anchor: viewportAnchor(),
  keepsBadge: () => true,
  state: { kind: 'checking' },
  actions: { again: () => undefined, label: () => undefined, openHistory: () => undefined, dismissed: () => undefined },
};

let fetched: number;
let late: LateOverlay;
let made: number;
/** What the overlay was told, in order. */
let told: unknown[][];

const create = (): Overlay => {
  made += 1;
  return {
    add(added): Entry {
      told.push(['add', added.state.kind]);
      return {
        state: added.state,
        isOpen: false,
        place: () => told.push(['place']),
        update: (state) => told.push(['update', state.kind]),
        updateLabel: ({ status }) => told.push(['label', status]),
        updateHeat: ({ status }) => told.push(['heat', status]),
        ask: () => told.push(['ask']),
        remove: () => told.push(['remove']),
      };
    },
    setLook: () => told.push(['look']),
    stirred: () => undefined,
    isOurs: () => true,
    conceal: vi.fn(),
  };
};

beforeEach(() => {
  [fetched, made, told] = [0, 0, []];
  late = createLateOverlay(() => {
    fetched += 1;
  });
  late.setLook(look);
});

describe('an overlay whose code comes when it is needed', () => {
  it('fetches nothing where nothing is shown', () => {
    late.conceal(true);
    expect(late.isOurs(document.body)).toBe(false);
    late.askAgain();
    expect(fetched).toBe(0);
  });

  it('fetches the code once, and then draws what is known by then', () => {
    const entry = late.add(options);
    late.add(options);
    entry.update(verdict);
    entry.updateLabel({ status: 'saved', label: 'real' });
    entry.ask();
    expect(fetched).toBe(1);
    expect(entry.state).toBe(verdict);
    expect(entry.isOpen).toBe(true);
    late.arrived(create);
    expect(told).toEqual([['add', 'verdict'], ['label', 'saved'], ['ask'], ['add', 'checking']]);
    entry.update(verdict);
    expect(told.at(-1)).toEqual(['update', 'verdict']);
  });

  it('opens the card of the last question alone', () => {
    const [first, second] = [late.add(options), late.add(options)];
    first.ask();
    second.ask();
    late.arrived(create);
    expect(told).toEqual([['add', 'checking'], ['add', 'checking'], ['ask']]);
  });

  it('draws nothing of what ended before the code came', () => {
    late.add(options).remove();
    late.arrived(create);
    expect(told).toEqual([]);
    expect(made).toBe(0);
  });

  it('makes one overlay, however often the code comes', () => {
    late.add(options);
    late.arrived(create);
    late.arrived(create);
    late.add(options);
    expect(made).toBe(1);
    expect(fetched).toBe(1);
  });

  it('asks again for code that is awaited when the background was ended', () => {
    late.add(options);
    late.askAgain();
    expect(fetched).toBe(2);
    late.arrived(create);
    late.askAgain();
    expect(fetched).toBe(2);
  });
});
