import type { Explanation } from '@touchstone/shared';
import { heatPixels } from '@touchstone/shared/present';
import { expect, it } from 'vitest';
import { heatMapSvg } from './heat-map-svg.ts';

const explanation: Explanation = {
  method: 'patches',
  columns: 2,
  rows: 2,
  values: [1, -0.5, 0.03, 0.07],
  regions: [],
  pack: 'quick@1.0.0',
  runs: 0,
  took: 1,
};

const picture = { mediaType: 'image/webp', base64: '', width: 20, height: 20 } as const;

it('has the colours of the page, cell by cell', () => {
  const { html } = heatMapSvg(picture, explanation, 'heat');
  const cells = [
    ...html.matchAll(/<rect x="(\d+)\.0" y="(\d+)\.0"[^>]*fill="rgb\(([\d,]+)\)" fill-opacity="([\d.]+)"/g),
  ];
  const drawn = cells.map(([, x, y, colour, alpha]) => [
    (Number(y) / 10) * 2 + Number(x) / 10,
    ...(colour ?? '').split(',').map(Number),
    Number(alpha),
  ]);
  const pixels = heatPixels(explanation);
  const shown = [0, 1, 3].map((cell) => {
    const [red, green, blue, alpha = 0] = pixels.slice(cell * 4, cell * 4 + 4);
    return [cell, red, green, blue, Number((alpha / 255).toFixed(2))];
  });
  expect(drawn).toEqual(shown);
});
