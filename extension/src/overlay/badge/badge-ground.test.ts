import { beforeEach, expect, it } from 'vitest';
import { createTranslator } from '../../i18n/create-translator.ts';
import type { HeldEntry } from '../entry.ts';
import type { Ground } from '../place/anchor.ts';
import type { LayoutCause } from '../place/layout-loop.ts';
import { createBadge } from './badge.ts';
import { type BadgeGround, createBadgeGround } from './badge-ground.ts';

const settings = { corner: 'top-start', direction: createTranslator('en').direction } as const;
const visible = { x: 0, y: 0, width: 500, height: 300 };
const size = { width: 120, height: 26 };
const nothing = (): void => {};

let now: number;
let lies: Ground;
/** Looks at the page: whether only the middle was looked at. */
let looks: boolean[];
let entry: HeldEntry;
let ground: BadgeGround;

beforeEach(() => {
  [now, lies, looks] = [0, 'free', []];
  ground = createBadgeGround(() => now);
  entry = {
    anchor: {
      box: () => visible,
      whole: () => visible,
      ground: (_, middle = false) => {
        looks.push(middle);
        return lies;
      },
      underPicture: () => false,
    },
    keepsBadge: () => true,
    state: { kind: 'checking' },
    actions: { again: nothing, label: nothing, openHistory: nothing, dismissed: nothing },
    label: { status: 'none' },
    share: 'closed',
    heat: { status: 'none' },
    asked: false,
    badge: createBadge(),
    place: 'unknown',
    lastBox: undefined,
  };
});

const place = (cause: LayoutCause) => ground.begin(cause, settings).spot(entry, visible, size, []);

it('is looked at when a badge comes, and left alone while nothing happens', () => {
  expect(place('changed')).toMatchObject({ x: 6, y: 6 });
  for (const cause of ['moved', 'settled', 'changed', 'settled'] as const) place(cause);
  expect(looks).toEqual([false]);
});

it('is looked at with the slow tick after something happened, and where it was not for long', () => {
  place('changed');
  ground.stirred();
  place('moved');
  expect(looks).toEqual([false]);
  place('settled');
  expect(looks).toEqual([false, false]);
  now = 2_000;
  place('settled');
  expect(looks).toEqual([false, false, false]);
});

it('after scrolling is asked of the middle alone, and of all places where something lies there', () => {
  place('changed');
  ground.scrolled();
  place('settled');
  expect(looks).toEqual([false, true]);
  ground.scrolled();
  lies = 'taken';
  place('settled');
  expect(entry.place).toBe('none');
  expect(looks.slice(2, 4)).toEqual([true, false]);
});

it('is not looked at for longer than a page can spare', () => {
  const placing = ground.begin('settled', settings);
  now = 100;
  expect(placing.spot(entry, visible, size, [])).toBeUndefined();
  expect(placing.isUnfinished()).toBe(true);
  expect(looks).toEqual([]);
  expect(place('changed')).toBeDefined();
});
