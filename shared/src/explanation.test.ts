import { expect, it } from 'vitest';
import { PLACES, placeInThirds } from './explanation.ts';

it('puts each place where its name says', () => {
  for (const place of PLACES) {
    const [column, row] = placeInThirds(place);
    expect(column).toBe(place.endsWith('left') ? 0 : place.endsWith('right') ? 2 : 1);
    expect(row).toBe(place.startsWith('upper') ? 0 : place.startsWith('lower') ? 2 : 1);
  }
});
