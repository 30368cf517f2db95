import { pictureLibrary } from '@touchstone/models/pixels';
import type { ResultRecord, Timeline, Verdict } from '@touchstone/shared';
import {
  type PlotArea,
  type PlotBar,
  placeOf,
  plotPaths,
  plotTimeline,
  STEP_COLOURS,
  type Step,
  stepOf,
  type TimelinePlot,
  timeTicks,
  xIn,
  yIn,
} from '@touchstone/shared/present';
import { foreignText, probabilityText, shareText, textOf } from '@touchstone/shared/words';
import { clockTime } from '../timeline/clock-time.ts';

/** Pixels. */
const WIDTH = 1200;
const HEIGHT = 420;
const FRAME = { left: 70, right: 24, top: 78, bottom: 92 } as const;
const PLOT: PlotArea = {
  left: FRAME.left,
  top: FRAME.top,
  width: WIDTH - FRAME.left - FRAME.right,
  height: HEIGHT - FRAME.top - FRAME.bottom,
};

/** Colours of the same contrast as the history page's light theme. */
const COLOURS = {
  text: '#1d2330',
  quiet: '#5b6475',
  line: '#c9cfda',
  score: '#2f4f9e',
  band: '#2f4f9e',
  face: '#8a5a00',
  ...STEP_COLOURS,
} as const satisfies Readonly<Record<Step | 'text' | 'quiet' | 'line' | 'score' | 'band' | 'face', string>>;

/** Times that there is room for under the axis. */
const MOST_LABELS = 12;
/** With more moments the line alone is drawn. */
const MOST_DOTS = 160;

type Drawn = Pick<ResultRecord, 'verdict' | 'pack' | 'source'> & { readonly timeline: Timeline };

/**
 * The timeline of a video as a PNG of 1200 x 420: score of every moment with its band, both thresholds, shots, faces.
 * @param record with a timeline
 */
export async function timelinePicture(record: Drawn): Promise<Buffer> {
  const sharp = await pictureLibrary();
  return sharp(Buffer.from(timelineSvg(record)))
    .png()
    .toBuffer();
}

/** The same as an SVG document. */
export function timelineSvg(record: Drawn): string {
  const { timeline, verdict } = record;
  const plot = plotTimeline(timeline);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    ...heading(record, verdict),
    ...shots(plot.shots),
    ...scale(plot),
    ...thresholds(plot),
    ...scores(plot),
    ...faces(plot.faces),
    '</svg>',
  ].join('\n');
}

function heading({ source, timeline, pack }: Drawn, verdict: Verdict): string[] {
  const step = stepOf(verdict);
  const percent = probabilityText(verdict.probability, 'en');
  const facts = [
    timeline.media && `${timeline.media.codec} ${timeline.media.width} × ${timeline.media.height}`,
    `${timeline.framesAnalyzed} frames checked`,
    timeline.stoppedEarly && 'ended early: the rest could not change the answer',
    timeline.media?.truncated && 'file damaged or cut short',
    `${pack.name} ${pack.version}`,
  ];
  return [
    text(FRAME.left, 30, source.fileName ?? 'video', { size: 18, colour: COLOURS.text, weight: 600, most: 60 }),
    text(WIDTH - FRAME.right, 30, `${textOf('en', `step-${step}`)}, chance of AI ${percent}`, {
      size: 18,
      colour: COLOURS[step],
      anchor: 'end',
      weight: 600,
    }),
    text(FRAME.left, 54, facts.filter(Boolean).join(' · '), { size: 13, colour: COLOURS.quiet }),
  ];
}

/** Every other shot is shaded; its mean is a thick line beneath the plot. */
function shots(bars: readonly PlotBar[]): string[] {
  return bars.flatMap(({ from, to, probability }, index) => {
    const [left, width] = [xIn(PLOT, from), Math.max(2, (to - from) * PLOT.width)];
    const shade = `<rect x="${px(left)}" y="${FRAME.top}" width="${px(width)}" height="${PLOT.height}" fill="#f1f3f7"/>`;
    const under = HEIGHT - FRAME.bottom + 30;
    const label =
      width > 44
        ? text(left + width / 2, under + 22, probabilityText(probability, 'en'), { size: 11, anchor: 'middle' })
        : '';
    return [
      index % 2 === 0 ? shade : '',
      `<rect x="${px(left)}" y="${under}" width="${px(Math.max(1, width - 1))}" height="7" rx="2" fill="${COLOURS.score}" fill-opacity="${px(0.15 + 0.85 * probability)}"/>`,
      label,
    ];
  });
}

function scale({ span, shares }: TimelinePlot): string[] {
  const times = timeTicks(span, MOST_LABELS);
  const named = times.every(Number.isInteger) ? clockTime : (time: number) => `${time} s`;
  return [
    ...shares.map(({ share, y }) =>
      text(FRAME.left - 10, yIn(PLOT, y) + 4, shareText(share, 'en'), { size: 12, anchor: 'end' }),
    ),
    ...shares.map(({ y }) => rule(yIn(PLOT, y), COLOURS.line)),
    ...times.map((time) =>
      text(xIn(PLOT, placeOf(time, span)), HEIGHT - FRAME.bottom + 20, named(time), { size: 12, anchor: 'middle' }),
    ),
    text(FRAME.left, HEIGHT - 14, 'Line: score of each moment, with its band. Bars: mean of each shot.', { size: 12 }),
  ];
}

function thresholds({ thresholds: both }: TimelinePlot): string[] {
  if (!both) return [];
  // Words lie between the two lines, where the plot has room.
  const side = (at: number, words: string, colour: string, below: number): string[] => [
    rule(yIn(PLOT, at), colour, '6 4'),
    text(WIDTH - FRAME.right - 6, yIn(PLOT, at) + below, words, { size: 12, colour, anchor: 'end' }),
  ];
  return [
    ...side(both.fakeAbove, 'likely AI above this line', COLOURS['likely-ai'], 15),
    ...side(both.realBelow, 'likely authentic below this line', COLOURS['likely-authentic'], -6),
  ];
}

function scores(plot: TimelinePlot): string[] {
  const { line, area, cuts } = plotPaths(plot, PLOT);
  const points = plot.segments.flat();
  const dots = points.length > MOST_DOTS ? [] : points;
  return [
    `<path class="cut" d="${cuts}" stroke="${COLOURS.line}"/>`,
    `<path class="band" d="${area}" fill="${COLOURS.band}" fill-opacity="0.16"/>`,
    `<path class="line" d="${line}" fill="none" stroke="${COLOURS.score}" stroke-width="2" stroke-linejoin="round"/>`,
    ...dots.map(({ x, y }) => `<circle cx="${xIn(PLOT, x)}" cy="${yIn(PLOT, y)}" r="3" fill="${COLOURS.score}"/>`),
  ];
}

function faces(bars: readonly PlotBar[]): string[] {
  const at = HEIGHT - FRAME.bottom + 46;
  return bars.map(
    ({ from, to }) =>
      `<rect x="${xIn(PLOT, from)}" y="${at}" width="${px(Math.max(3, (to - from) * PLOT.width))}" height="3" rx="1" fill="${COLOURS.face}"/>`,
  );
}

function rule(at: number, colour: string, dashes = ''): string {
  const right = WIDTH - FRAME.right;
  return `<line x1="${FRAME.left}" y1="${px(at)}" x2="${right}" y2="${px(at)}" stroke="${colour}" stroke-dasharray="${dashes}"/>`;
}

interface TextStyle {
  readonly size: number;
  readonly colour?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly weight?: number;
  /** Characters; the middle of a longer text is left out. */
  readonly most?: number;
}

function text(x: number, y: number, words: string, style: TextStyle): string {
  const { size, colour = COLOURS.quiet, anchor = 'start', weight = 400, most = 200 } = style;
  const shown = words.length <= most ? words : `${words.slice(0, most / 2)}…${words.slice(-most / 2)}`;
  return `<text x="${px(x)}" y="${px(y)}" font-size="${size}" fill="${colour}" text-anchor="${anchor}" font-weight="${weight}">${escaped(shown)}</text>`;
}

/** File names come from anywhere: nothing in them may become markup, and what XML forbids is left out. */
function escaped(words: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return foreignText(words).replace(/[&<>"]/g, (sign) => entities[sign] ?? '');
}

const px = (value: number): string => String(Math.round(value * 10) / 10);
