import { DECIDING_CAVEATS, type Step, stepOf } from '@touchstone/shared/present';
import { foreignText, probabilityText, textOf } from '@touchstone/shared/words';
import Table from 'cli-table3';
import type pc from 'picocolors';
import type { Outcome } from './outcome.ts';

type Colors = ReturnType<typeof pc.createColors>;

/** Columns of the terminal taken by borders and the two narrow columns. */
const NARROW = { verdict: 18, probability: 11 } as const;
const BORDERS = 5;
/** Below this many columns words would break everywhere; the terminal wraps lines instead. */
const MINIMUM_WIDTH = 80;

const PAINT: Readonly<Record<Step, 'red' | 'yellow' | 'gray' | 'cyan' | 'green'>> = {
  'likely-ai': 'red',
  'leans-ai': 'yellow',
  unclear: 'gray',
  'leans-authentic': 'cyan',
  'likely-authentic': 'green',
};

/**
 * Table of outcomes for people.
 * @param width columns of the terminal
 */
export function outcomeTable(outcomes: readonly Outcome[], width: number, colors: Colors): string {
  const rest = Math.max(width, MINIMUM_WIDTH) - BORDERS - NARROW.verdict - NARROW.probability;
  const file = Math.floor(rest * 0.4);
  const table = new Table({
    head: ['File', 'Verdict', 'AI chance', 'Why'],
    colWidths: [file, NARROW.verdict, NARROW.probability, rest - file],
    wordWrap: true,
    wrapOnWordBoundary: true,
    style: { head: [], border: [] },
  });
  for (const outcome of outcomes) table.push(rowOf(outcome, file - 2, colors));
  return table.toString();
}

function rowOf(outcome: Outcome, fileWidth: number, colors: Colors): string[] {
  const name = foldName(foreignText(outcome.file), fileWidth);
  if ('error' in outcome) {
    const { message, nextStep } = outcome.error;
    return [name, colors.magenta('Not checked'), '', `${message} ${colors.dim(nextStep)}`];
  }
  const { value, probability, reasons, caveats } = outcome.record.verdict;
  const step = stepOf(outcome.record.verdict);
  const reason = foreignText(reasons[0]?.text ?? '');
  const caveat = caveats[0] && foreignText(caveats[0].text);
  const decides = value === 'uncertain' && caveats[0] && DECIDING_CAVEATS.has(caveats[0].code);
  const why = decides ? [caveat, colors.dim(reason)] : [reason, ...(caveat ? [colors.dim(caveat)] : [])];
  return [name, colors[PAINT[step]](textOf('en', `step-${step}`)), probabilityText(probability, 'en'), why.join(' ')];
}

/** A long name is folded by hand: it has no spaces to wrap at, and its end says more than its beginning. */
function foldName(name: string, width: number): string {
  const lines: string[] = [];
  for (let at = 0; at < name.length; at += width) lines.push(name.slice(at, at + width));
  return lines.join('\n');
}
