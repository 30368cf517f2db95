import { expect, it } from 'vitest';
import type { HeldEntry } from '../entry.ts';
import type { Anchor, Ground } from '../place/anchor.ts';
import type { MeasuredSizes } from '../place/measured-sizes.ts';
import { createBadgeLayer } from './badge-layer.ts';

const box = { x: 0, y: 0, width: 500, height: 300 };
const viewport = { width: 1280, height: 900 };

const nothing = (): void => {};

/** One of two elements that show the same picture in the same place. */
function twin(ground: () => Ground): HeldEntry {
  const anchor: Anchor = { box: () => box, whole: () => box, ground, underPicture: () => false };
  const badge = document.createElement('button');
  return {
    anchor,
    address: () => 'https://a.test/1.jpg',
    keepsBadge: () => true,
    state: { kind: 'checking' },
    actions: { again: nothing, label: nothing, openHistory: nothing, dismissed: nothing },
    label: { status: 'none' },
    share: 'closed',
    heat: { status: 'none' },
    asked: false,
    badge,
    place: 'unknown',
    lastBox: undefined,
  };
}

const size = () => ({ width: 120, height: 26 });
const sizes: MeasuredSizes = { known: size, now: size, watch: nothing, unwatch: nothing, renew: nothing };
const shown = ({ badge }: HeldEntry): boolean => badge.style.visibility !== 'hidden';

it('whichever twin came first, the badge stands on the one that is seen', () => {
  for (const seenFirst of [true, false]) {
    const seen = twin(() => 'free');
    const covered = twin(() => 'taken');
    const entries = seenFirst ? [seen, covered] : [covered, seen];
    const layer = createBadgeLayer(entries, sizes);
    for (const entry of entries) layer.add(entry);
    layer.measure(viewport, true, undefined)({ corner: 'top-start', direction: 'ltr' });
    expect([shown(seen), shown(covered)]).toEqual([true, false]);
  }
});

it('twins that are both seen have one badge, and none beside the open card of one', () => {
  const entries = [twin(() => 'free'), twin(() => 'free')];
  const layer = createBadgeLayer(entries, sizes);
  for (const entry of entries) layer.add(entry);
  layer.measure(viewport, true, undefined)({ corner: 'top-start', direction: 'ltr' });
  expect(entries.map(shown)).toEqual([true, false]);
  layer.measure(viewport, true, entries[1])({ corner: 'top-start', direction: 'ltr' });
  expect(entries.map(shown)).toEqual([false, false]);
});

it('a badge that gets its words stands inside its picture from the first layout on', () => {
  const entry = twin(() => 'free');
  entry.badge.dataset.verdict = 'pending';
  const width = () => (entry.badge.classList.contains('compact') ? 26 : 120);
  let known = { width: 26, height: 26 };
  const layer = createBadgeLayer([entry], {
    ...sizes,
    known: () => known,
    renew: (elements) => {
      if (elements.includes(entry.badge)) known = { width: width(), height: 26 };
    },
  });
  layer.add(entry);
  const place = () => layer.measure(viewport, true, undefined)({ corner: 'top-end', direction: 'ltr' });
  const right = () => Number(/translate\((\d+)px/.exec(entry.badge.style.transform)?.[1]) + width();
  place();
  expect(width()).toBe(26);
  expect(right()).toBeLessThanOrEqual(box.width);
  entry.badge.dataset.verdict = 'fake';
  place();
  expect(width()).toBe(120);
  expect(right()).toBeLessThanOrEqual(box.width);
});
