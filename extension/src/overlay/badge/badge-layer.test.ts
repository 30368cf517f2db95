import { expect, it, vi } from 'vitest';
import { createTranslator } from '../../i18n/create-translator.ts';
import { sampleRecord } from '../card/sample-record.ts';
import type { HeldEntry } from '../entry.ts';
import type { Anchor, Ground } from '../place/anchor.ts';
import type { MeasuredSizes } from '../place/measured-sizes.ts';
import { type BadgeLayer, createBadgeLayer } from './badge-layer.ts';

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
const sizes: MeasuredSizes = {
  known: size,
  now: size,
  ofLook: size,
  setLook: nothing,
  watch: nothing,
  unwatch: nothing,
};
const shown = ({ badge }: HeldEntry): boolean => badge.parentElement !== null && badge.style.visibility !== 'hidden';
const translator = createTranslator('en');
const topStart = { corner: 'top-start', translator } as const;
/** Stands in the document, as the overlay's layer does. */
function layerOf(entries: Iterable<HeldEntry>, measured = sizes): BadgeLayer {
  const layer = createBadgeLayer(entries, measured);
  document.body.replaceChildren(layer.element);
  return layer;
}

it('whichever twin came first, the badge stands on the one that is seen', () => {
  for (const seenFirst of [true, false]) {
    const seen = twin(() => 'free');
    const covered = twin(() => 'taken');
    const entries = seenFirst ? [seen, covered] : [covered, seen];
    const layer = layerOf(entries);
    layer.measure(viewport, 'settled', undefined)(topStart);
    expect([shown(seen), shown(covered)]).toEqual([true, false]);
  }
});

it('twins that are both seen have one badge, and none beside the open card of one', () => {
  const entries = [twin(() => 'free'), twin(() => 'free')];
  const layer = layerOf(entries);
  layer.measure(viewport, 'settled', undefined)(topStart);
  expect(entries.map(shown)).toEqual([true, false]);
  layer.measure(viewport, 'settled', entries[1])(topStart);
  expect(entries.map(shown)).toEqual([false, false]);
});

it('a badge that gets its words stands inside its picture from the first layout on', () => {
  const entry = twin(() => 'free');
  const width = () => (entry.badge.classList.contains('compact') ? 26 : 120);
  const layer = layerOf([entry], {
    ...sizes,
    ofLook: () => undefined,
    known: () => ({ width: width(), height: 26 }),
    now: () => ({ width: width(), height: 26 }),
  });
  const place = () => layer.measure(viewport, 'settled', undefined)({ corner: 'top-end', translator });
  const right = () => Number(/translate\((\d+)px/.exec(entry.badge.style.transform)?.[1]) + width();
  place();
  // The first of its look is placed once the browser has measured it.
  expect(shown(entry)).toBe(false);
  place();
  expect([shown(entry), width()]).toEqual([true, 26]);
  expect(right()).toBeLessThanOrEqual(box.width);
  entry.state = { kind: 'verdict', record: sampleRecord() };
  place();
  expect(width()).toBe(120);
  expect(right()).toBeLessThanOrEqual(box.width);
});

it('moves with the page as one layer, and no badge of it by itself', () => {
  let top = 100;
  const entry = twin(() => 'free');
  const anchor: Anchor = { ...entry.anchor, box: () => ({ ...box, y: top }) };
  const layer = layerOf([{ ...entry, anchor }]);
  layer.measure(viewport, 'changed', undefined)(topStart);
  const { transform } = entry.badge.style;
  vi.stubGlobal('scrollY', 60);
  top -= 60;
  layer.measure(viewport, 'moved', undefined)(topStart);
  vi.unstubAllGlobals();
  expect(entry.badge.style.transform).toBe(transform);
  expect(layer.element.style.transform).toBe('translate(0px, -60px)');
});

it('draws no badge for a picture that is not in view, and draws it when that comes into view', () => {
  let top = 2_000;
  const entry = twin(() => 'free');
  const held = { ...entry, anchor: { ...entry.anchor, box: () => ({ ...box, y: top }) } };
  const layer = layerOf([held]);
  layer.measure(viewport, 'changed', undefined)(topStart);
  expect(layer.element.childElementCount).toBe(0);
  top = 0;
  layer.measure(viewport, 'moved', undefined)(topStart);
  expect(shown(held)).toBe(true);
});

it('takes out together what goes together', async () => {
  const entries = [twin(() => 'free')];
  const layer = layerOf(entries);
  layer.measure(viewport, 'settled', undefined)(topStart);
  const [entry] = entries.splice(0);
  if (entry) layer.remove(entry);
  await Promise.resolve();
  expect(layer.element.childElementCount).toBe(0);
});
