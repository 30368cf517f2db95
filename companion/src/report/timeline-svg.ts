import type { Timeline } from '@touchstone/shared';
import { type PlotArea, plotPaths, plotTimeline, yIn } from '@touchstone/shared/present';
import { type Language, shareText } from '@touchstone/shared/words';
import { type Html, html, own } from './html.ts';

const WIDTH = 900;
const HEIGHT = 220;
/** The plot, with space for the labels left, below and above. */
const AREA: PlotArea = { left: 52, top: 14, width: 844, height: 176 };
const RIGHT = AREA.left + AREA.width;

/** "1:05" or "1:02:03". @param seconds into a video */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** Probability over media time with its uncertainty, the pack's thresholds and the cuts. @param label for those who do not see it */
export function timelineSvg(timeline: Timeline, label: string, language: Language): Html {
  const plot = plotTimeline(timeline);
  const { span, shares, thresholds } = plot;
  const { line, area, cuts } = plotPaths(plot, AREA);
  const limits = thresholds ? [thresholds.fakeAbove, thresholds.realBelow] : [];
  return html`<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
${shares.map(({ share, y }) => html`<text x="${AREA.left - 6}" y="${yIn(AREA, y) + 5}" text-anchor="end">${own(shareText(share, language))}</text>`)}
<path class="cut" d="${cuts}"/>
${limits.map((y) => html`<line class="limit" x1="${AREA.left}" x2="${RIGHT}" y1="${yIn(AREA, y)}" y2="${yIn(AREA, y)}"/>`)}
<path class="band" d="${area}"/><path class="line" d="${line}"/>
<text x="${AREA.left}" y="${HEIGHT - 6}">${clock(span.start)}</text><text x="${RIGHT}" y="${HEIGHT - 6}" text-anchor="end">${clock(span.end)}</text>
</svg>`;
}
