import { CUT_AND_GAP, DRAWN_STRETCHES, stretchesOf } from '@touchstone/shared/present/fixtures';
import { afterEach, expect, it, vi } from 'vitest';
import { renderInPage } from '../ui/render-in-page.tsx';
import { TimelineChart } from './timeline-chart.tsx';

const WIDTH = 656;
/** Beside the plot, in CSS pixels. */
const LABELS = 46 + 10;

afterEach(() => vi.restoreAllMocks());

it('draws no line over a cut or over what was not seen', () => {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(WIDTH);
  const page = renderInPage(
    <TimelineChart timeline={CUT_AND_GAP} tracks={CUT_AND_GAP.faceTracks} chosen={0} onChoose={() => undefined} />,
  );
  const path = page.querySelector('.score-line')?.getAttribute('d') ?? '';
  expect(stretchesOf(path, 46, WIDTH - LABELS)).toEqual(DRAWN_STRETCHES);
  expect(page.querySelectorAll('.strip-likely-ai')).toHaveLength(2);
});
