import { CUT_AND_GAP, DRAWN_STRETCHES, stretchesOf } from '@touchstone/shared/present/fixtures';
import { expect, it } from 'vitest';
import { timelineSvg } from './timeline-svg.ts';

it('draws no line over a cut or over what was not seen', () => {
  const { html } = timelineSvg(CUT_AND_GAP, 'chart', 'en');
  const path = /class="line" d="([^"]*)"/.exec(html)?.[1] ?? '';
  expect(stretchesOf(path, 52, 844)).toEqual(DRAWN_STRETCHES);
  expect(/class="cut" d="([^"]*)"/.exec(html)?.[1]?.match(/M/g)).toHaveLength(1);
});
