import { expect, it } from 'vitest';
import { createStreamPlaces } from './stream-places.ts';

it('gives each their share, and all no more than there is', () => {
  const take = createStreamPlaces({ each: 2, all: 3 });
  const leave = take('ann');
  take('ann');
  expect(() => take('ann')).toThrow(expect.objectContaining({ code: 'busy' }));
  const leaves = take('ben');
  expect(() => take('carl')).toThrow(expect.objectContaining({ code: 'busy' }));
  leave();
  take('carl');
  leaves();
  take('ann');
  expect(() => take('ann')).toThrow(expect.objectContaining({ code: 'busy' }));
});

it('counts those who are nobody in particular together', () => {
  const take = createStreamPlaces({ each: 1, all: 1 });
  take(undefined)();
  take(undefined);
  expect(() => take(undefined)).toThrow(expect.objectContaining({ code: 'busy' }));
});
