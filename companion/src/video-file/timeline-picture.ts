import type { ResultRecord, Timeline, Verdict } from '@touchstone/shared';
import { VERDICT_WORDS } from '@touchstone/shared';
import { probabilityText, shareText } from '@touchstone/shared/words';
import sharp from 'sharp';
import { clockTime } from '../timeline/clock-time.ts';

/** Pixels. */
const WIDTH = 1200;
const HEIGHT = 420;
const FRAME = { left: 70, right: 24, top: 78, bottom: 92 } as const;
const PLOT = { width: WIDTH - FRAME.left - FRAME.right, height: HEIGHT - FRAME.top - FRAME.bottom } as const;

/** Colours of the same contrast as the history page's light theme. */
const COLOURS = {
  text: '#1d2330',
  quiet: '#5b6475',
  line: '#c9cfda',
  score: '#2f4f9e',
  band: '#2f4f9e',
  fake: '#b3261e',
  real: '#1b6e3c',
  uncertain: '#8a5a00',
} as const;

/** Distance between times under the axis: the smallest of these that leaves room for ten. Seconds. */
const STEPS = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
const MOST_LABELS = 12;

type Drawn = Pick<ResultRecord, 'verdict' | 'pack' | 'source'> & { readonly timeline: Timeline };

/**
 * The timeline of a video as a PNG of 1200 x 420: score of every moment with its band, both thresholds, shots, faces.
 * @param record with a timeline
 */
export async function timelinePicture(record: Drawn): Promise<Buffer> {
  return sharp(Buffer.from(timelineSvg(record)))
    .png()
    .toBuffer();
}

/** The same as an SVG document. */
export function timelineSvg(record: Drawn): string {
  const { timeline, verdict } = record;
  const end = Math.max(timeline.duration ?? 0, timeline.moments.at(-1)?.time ?? 0, 0.1);
  const x = (time: number): number => FRAME.left + (Math.min(time, end) / end) * PLOT.width;
  const y = (probability: number): number => FRAME.top + (1 - probability) * PLOT.height;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    ...heading(record, verdict),
    ...shots(timeline, x),
    ...scale(end, x, y),
    ...thresholds(timeline, y),
    ...scores(timeline, x, y),
    ...faces(timeline, x),
    '</svg>',
  ].join('\n');
}

function heading({ source, timeline, pack }: Drawn, { value, probability }: Verdict): string[] {
  const facts = [
    timeline.media && `${timeline.media.codec} ${timeline.media.width} × ${timeline.media.height}`,
    `${timeline.framesAnalyzed} frames checked`,
    timeline.stoppedEarly && 'ended early: the rest could not change the answer',
    timeline.media?.truncated && 'file damaged or cut short',
    `${pack.name} ${pack.version}`,
  ];
  return [
    text(FRAME.left, 30, source.fileName ?? 'video', { size: 18, colour: COLOURS.text, weight: 600, most: 60 }),
    text(WIDTH - FRAME.right, 30, `${VERDICT_WORDS[value]}, ${probabilityText(probability, 'en')} AI`, {
      size: 18,
      colour: COLOURS[value],
      anchor: 'end',
      weight: 600,
    }),
    text(FRAME.left, 54, facts.filter(Boolean).join(' · '), { size: 13, colour: COLOURS.quiet }),
  ];
}

/** Every other shot is shaded; its mean is a thick line beneath the plot. */
function shots({ shots: list }: Timeline, x: (time: number) => number): string[] {
  return list.flatMap(({ start, end, probability }, index) => {
    const [left, width] = [x(start), Math.max(2, x(end) - x(start))];
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

function scale(end: number, x: (time: number) => number, y: (probability: number) => number): string[] {
  const step = STEPS.find((one) => end / one <= MOST_LABELS) ?? Math.ceil(end / MOST_LABELS / 3600) * 3600;
  const times = Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);
  return [
    ...[0, 0.5, 1].map((value) =>
      text(FRAME.left - 10, y(value) + 4, shareText(value, 'en'), { size: 12, anchor: 'end' }),
    ),
    ...[0, 0.5, 1].map((value) => rule(y(value), COLOURS.line)),
    ...times.map((time) =>
      text(x(time), HEIGHT - FRAME.bottom + 20, step < 1 ? `${time} s` : clockTime(time), {
        size: 12,
        anchor: 'middle',
      }),
    ),
    text(FRAME.left, HEIGHT - 14, 'Line: score of each moment, with its band. Bars: mean of each shot.', { size: 12 }),
  ];
}

function thresholds({ thresholds: both }: Timeline, y: (probability: number) => number): string[] {
  if (!both) return [];
  // Words lie between the two lines, where the plot has room.
  const side = (at: number, words: string, colour: string, below: number): string[] => [
    rule(y(at), colour, '6 4'),
    text(WIDTH - FRAME.right - 6, y(at) + below, words, { size: 12, colour, anchor: 'end' }),
  ];
  return [
    ...side(both.fakeAbove, 'AI above this line', COLOURS.fake, 15),
    ...side(both.realBelow, 'camera below this line', COLOURS.real, -6),
  ];
}

function scores({ moments }: Timeline, x: (time: number) => number, y: (probability: number) => number): string[] {
  const upper = moments.map(({ time, high }) => `${px(x(time))},${px(y(high))}`);
  const lower = moments.map(({ time, low }) => `${px(x(time))},${px(y(low))}`).reverse();
  const line = moments.map(({ time, probability }) => `${px(x(time))},${px(y(probability))}`);
  const dots = moments.length > 160 ? [] : moments;
  return [
    `<polygon points="${[...upper, ...lower].join(' ')}" fill="${COLOURS.band}" fill-opacity="0.16"/>`,
    `<polyline points="${line.join(' ')}" fill="none" stroke="${COLOURS.score}" stroke-width="2" stroke-linejoin="round"/>`,
    ...dots.map(
      ({ time, probability }) =>
        `<circle cx="${px(x(time))}" cy="${px(y(probability))}" r="3" fill="${COLOURS.score}"/>`,
    ),
  ];
}

function faces({ faceTracks }: Timeline, x: (time: number) => number): string[] {
  const at = HEIGHT - FRAME.bottom + 62;
  return faceTracks.map(
    ({ start, end }) =>
      `<rect x="${px(x(start))}" y="${at - 16}" width="${px(Math.max(3, x(end) - x(start)))}" height="3" rx="1" fill="${COLOURS.uncertain}"/>`,
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
  return words
    .toWellFormed()
    .replace(/[^\P{C} ]/gu, '')
    .replace(/[&<>"]/g, (sign) => entities[sign] ?? '');
}

const px = (value: number): string => String(Math.round(value * 10) / 10);
