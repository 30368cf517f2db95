import { basename } from 'node:path';
import { packsInWords } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import pc from 'picocolors';
import { findFiles } from '../check/find-files.ts';
import { jsonLine } from '../check/json-line.ts';
import type { Judge } from '../check/judge.ts';
import { EXIT, exitCodeOf, type Outcome } from '../check/outcome.ts';
import { createProgressBar } from '../check/progress-bar.ts';
import { runChecks } from '../check/run-checks.ts';
import { summaryOf } from '../check/summary.ts';
import { companionOrFolder } from '../link/companion-or-folder.ts';
import { interruptSignal } from '../terminal/endings.ts';

export interface CheckOptions {
  readonly json?: boolean;
  readonly pack?: string;
  /** Where the timelines of videos go: a name ending in .png or .json. */
  readonly timeline?: readonly string[];
}

/** Width of the table where standard output is no terminal, in columns. */
const PLAIN_WIDTH = 120;

async function chooseJudge(pack: string | undefined, signal: AbortSignal): Promise<Judge> {
  const place = await companionOrFolder(signal).catch((unusable: unknown) => ({ unusable }));
  if ('link' in place) {
    const { companionJudge } = await import('../check/companion-judge.ts');
    return companionJudge(place.link, pack);
  }
  const { localJudge } = await import('../check/local-judge.ts');
  return localJudge(pack, 'lock' in place ? place.lock : place);
}

/**
 * `touchstone check`: judges files, folders and standard input.
 * @returns exit code: 0 none fake, 1 some fake, 2 some failed, 130 interrupted
 */
export async function check(
  paths: readonly string[],
  { json = false, pack, timeline = [] }: CheckOptions,
): Promise<number> {
  const signal = interruptSignal();
  const judge = await chooseJudge(pack, signal);
  const outcomes: Outcome[] = [];
  const leftOut: string[] = [];
  try {
    const once = [...new Set(paths)];
    const watched = !json && process.stderr.isTTY;
    // The bar needs to know how many there are; without it, the first result need not wait for the end of the walk.
    const found = findFiles(once, signal, (name) => leftOut.push(name));
    const candidates = watched ? await all(found) : found;
    const bar = createProgressBar(process.stderr, Array.isArray(candidates) ? candidates.length : 0);
    try {
      for await (const outcome of runChecks({
        judge,
        candidates,
        input: process.stdin,
        signal,
        onVideoProgress: bar.video,
      })) {
        outcomes.push(outcome);
        bar.increment();
        if (json) process.stdout.write(`${jsonLine(outcome)}\n`);
      }
    } finally {
      bar.stop();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await judge.close();
  }
  if (!json) await printTable(outcomes, judge);
  if (outcomes.length === 0 && !signal.aborted) process.stderr.write('No pictures or videos were found there.\n');
  if (leftOut.length > 0) process.stderr.write(`${leftOutWords(leftOut)}\n`);
  await writeAll(outcomes, timeline);
  if (signal.aborted) {
    process.stderr.write('Interrupted: only what was finished is listed.\n');
    return EXIT.interrupted;
  }
  return exitCodeOf(outcomes);
}

/** Names go to standard error: standard output belongs to the results. */
async function writeAll(outcomes: readonly Outcome[], paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  const { writeTimelines } = await import('../check/write-timelines.ts');
  const ordered = outcomes.toSorted((a, b) => a.index - b.index);
  const written = [];
  for (const path of paths) written.push(...(await writeTimelines(ordered, path)));
  process.stderr.write(
    written.length > 0 ? `Timeline: ${foreignText(written.join(', '))}\n` : 'No video, so no timeline.\n',
  );
}

/** Names shown of files that were left out; the number tells the rest. */
const NAMED_LEFT_OUT = 8;

function leftOutWords(names: readonly string[]): string {
  const shown = names.slice(0, NAMED_LEFT_OUT).map((name) => foreignText(basename(name)));
  const more = names.length > shown.length ? ', ...' : '';
  return `Left out, because Touchstone does not read their kind: ${names.length} (${shown.join(', ')}${more}).`;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function printTable(outcomes: Outcome[], judge: Judge): Promise<void> {
  if (outcomes.length === 0) return;
  const { outcomeTable } = await import('../check/table.ts');
  outcomes.sort((a, b) => a.index - b.index);
  const packs = new Set(outcomes.flatMap((outcome) => ('record' in outcome ? packsInWords(outcome.record) : [])));
  const packWords = packs.size > 0 ? ` Model pack: ${[...packs].join(', ')},` : ' Checked';
  process.stdout.write(`${outcomeTable(outcomes, process.stdout.columns ?? PLAIN_WIDTH, pc)}\n`);
  process.stdout.write(`${summaryOf(outcomes)}${packWords} ${judge.place}.\n`);
}
