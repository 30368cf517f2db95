import { STEP_COLOURS, type Step } from '@touchstone/shared/present';
import { iconPath, isFull } from '../overlay/draw/icons.ts';
import type { ShareLines } from './share-lines.ts';

/** CSS pixels; drawn at twice as many. */
const WIDTH = 640;
const PADDING = 32;
const SCALE = 2;
const GLYPH = 16;
/** The picture is looked at where it is pasted, on whatever ground: it is always a light card. */
const COLOURS = { ground: '#ffffff', text: '#1b1d21', muted: '#565b63', line: '#d5d8dd' } as const;
const FONT = 'system-ui, "Noto Sans Arabic", sans-serif';

interface Line {
  readonly text: string;
  readonly font: string;
  readonly colour: string;
  readonly height: number;
  /** Above it. */
  readonly gap: number;
}

function linesOf({ title, chance, reasons, facts, caution }: ShareLines, tone: string): Line[] {
  const small = { font: `400 15px ${FONT}`, colour: COLOURS.muted, height: 22, gap: 0 };
  const normal = { font: `400 17px ${FONT}`, colour: COLOURS.text, height: 25, gap: 6 };
  return [
    { text: title, font: `650 30px ${FONT}`, colour: tone, height: 38, gap: 0 },
    { ...normal, text: chance, font: `600 18px ${FONT}` },
    ...reasons.map((text) => ({ ...normal, text })),
    ...facts.map((text, index) => ({ ...small, text, gap: index === 0 ? 18 : 0 })),
    { ...small, text: caution, font: `600 15px ${FONT}`, gap: 10 },
  ];
}

/** Breaks a line between words, and inside one that is wider than all. */
export function wrap(text: string, width: number, widthOf: (text: string) => number): string[] {
  const rows: string[] = [];
  let row = '';
  const words = text.split(' ').flatMap((word) => (widthOf(word) > width ? [...`${word} `] : [`${word} `]));
  for (const word of words) {
    if (row !== '' && widthOf((row + word).trimEnd()) > width) {
      rows.push(row.trimEnd());
      row = '';
    }
    row += word;
  }
  return [...rows, row.trimEnd()];
}

/** What is drawn. */
export interface ShareCard {
  readonly lines: ShareLines;
  readonly step: Step;
  readonly direction: 'ltr' | 'rtl';
}

/**
 * A result as a PNG. Never called in a page, whose fonts could write other words.
 * @throws Error where the browser gives no drawing
 */
export async function sharePicture({ lines, step, direction }: ShareCard): Promise<Blob> {
  // Of a size once the lines are known; a background without a document has this one too.
  const canvas = new OffscreenCanvas(1, 1);
  const drawing = canvas.getContext('2d');
  if (!drawing) throw new Error('no drawing');
  const tone = STEP_COLOURS[step];
  const rows = linesOf(lines, tone).flatMap((line, index) => {
    drawing.font = line.font;
    const room = WIDTH - 2 * PADDING - (index === 0 ? GLYPH * SCALE + 14 : 0);
    const pieces = wrap(line.text, room, (text) => drawing.measureText(text).width);
    return pieces.map((text, piece) => ({ ...line, text, gap: piece === 0 ? line.gap : 0, first: index === 0 }));
  });
  const height = rows.reduce((sum, row) => sum + row.height + row.gap, 2 * PADDING);
  canvas.width = WIDTH * SCALE;
  canvas.height = height * SCALE;
  drawing.scale(SCALE, SCALE);
  drawing.fillStyle = COLOURS.ground;
  drawing.fillRect(0, 0, WIDTH, height);
  drawing.fillStyle = tone;
  drawing.fillRect(0, 0, WIDTH, 8);
  drawing.strokeStyle = COLOURS.line;
  drawing.strokeRect(0.5, 0.5, WIDTH - 1, height - 1);
  drawGlyph(drawing, step, tone, direction);
  drawing.direction = direction;
  drawing.textAlign = 'start';
  drawing.textBaseline = 'top';
  let top = PADDING;
  for (const { text, font, colour, gap, first, height: own } of rows) {
    top += gap;
    drawing.font = font;
    drawing.fillStyle = colour;
    const indent = PADDING + (first ? GLYPH * SCALE + 14 : 0);
    drawing.fillText(text, direction === 'rtl' ? WIDTH - indent : indent, top);
    top += own;
  }
  return canvas.convertToBlob({ type: 'image/png' });
}

function drawGlyph(
  drawing: OffscreenCanvasRenderingContext2D,
  step: Step,
  tone: string,
  direction: 'ltr' | 'rtl',
): void {
  drawing.save();
  drawing.translate(direction === 'rtl' ? WIDTH - PADDING - GLYPH * SCALE : PADDING, PADDING + 1);
  drawing.scale(SCALE, SCALE);
  const path = new Path2D(iconPath(step));
  drawing.lineWidth = 1.7;
  drawing.strokeStyle = tone;
  drawing.fillStyle = tone;
  if (isFull(step)) drawing.fill(path, 'evenodd');
  drawing.stroke(path);
  drawing.restore();
}
