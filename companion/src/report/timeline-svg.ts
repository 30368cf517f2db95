import type { Timeline } from '@touchstone/shared';
import { type Language, shareText } from '@touchstone/shared/words';
import { type Html, html, own } from './html.ts';

const WIDTH = 900;
const HEIGHT = 220;
/** Space for the labels left, below and above. */
const LEFT = 52;
const BELOW = 26;
const ABOVE = 14;

/** "1:05" or "1:02:03". @param seconds into a video */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** Probability over media time with its band, the pack's thresholds and the cuts. @param label for those who do not see it */
export function timelineSvg(
  { moments, shots, duration, thresholds }: Timeline,
  label: string,
  language: Language,
): Html {
  const last = Math.max(duration ?? 0, moments.at(-1)?.time ?? 0, 1e-3);
  const x = (time: number): string => (LEFT + (time / last) * (WIDTH - LEFT - 4)).toFixed(1);
  const y = (probability: number): string => (ABOVE + (1 - probability) * (HEIGHT - BELOW - ABOVE - 4)).toFixed(1);
  const line = moments.map(({ time, probability }) => `${x(time)},${y(probability)}`).join(' ');
  const band = [
    ...moments.map(({ time, high }) => `${x(time)},${y(high)}`),
    ...moments.toReversed().map(({ time, low }) => `${x(time)},${y(low)}`),
  ].join(' ');
  const limits = thresholds ? [thresholds.fakeAbove, thresholds.realBelow] : [];
  return html`<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
${[0, 0.5, 1].map((value) => html`<text x="${LEFT - 6}" y="${Number(y(value)) + 5}" text-anchor="end">${own(shareText(value, language))}</text>`)}
${shots.slice(1).map(({ start }) => html`<line class="cut" x1="${x(start)}" x2="${x(start)}" y1="4" y2="${HEIGHT - BELOW}"/>`)}
${limits.map((value) => html`<line class="limit" x1="${LEFT}" x2="${WIDTH - 4}" y1="${y(value)}" y2="${y(value)}"/>`)}
<polygon class="band" points="${band}"/><polyline class="line" points="${line}"/>
<text x="${LEFT}" y="${HEIGHT - 6}">${clock(0)}</text><text x="${WIDTH - 4}" y="${HEIGHT - 6}" text-anchor="end">${clock(last)}</text>
</svg>`;
}
