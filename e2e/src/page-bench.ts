/**
 * What the extension costs a page. `pnpm bench:page [--json]` scrolls through 300 pictures, by turns in a browser without
 * the extension, in one that only has it, and in one where it checks everything, and prints the extension's time in each
 * task of the page and the main thread's in all, from the browser's own trace; `pnpm bench:page video [--json]`
 * plays a 720p video at 30 frames a second, by turns in a browser without the extension and in one with it.
 */
import { pairThroughPage } from './harness/actions.ts';
import { type ChromiumSession, launchChromium } from './harness/chromium.ts';
import { startCompanion } from './harness/companion.ts';
import { checkEverywhere, scrollThrough, serveGallery } from './harness/gallery.ts';
import { startSite } from './harness/site.ts';
import { type Trace, traced } from './harness/trace.ts';
import { videoBench } from './video-bench.ts';

/** Of a frame at sixty a second: work of ours that takes longer makes a page that scrolls stutter. */
const TASK_MS = 16;
/** Main-thread time of a page beside that of the same page without the extension. */
const BUSIER_TIMES = 1.3;
const PICTURES = 300;
/** Turns of each browser. */
const ROUNDS = 3;

export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it must stay under. */
  readonly floor: number;
  readonly n: number;
  readonly spread: readonly [number, number];
}

/** Scrolls through a page of pictures as a reader does, and rests at its end. */
async function read(session: ChromiumSession, url: string): Promise<Trace> {
  const page = await session.context.newPage();
  const trace = await traced(page, async () => {
    await page.goto(url);
    await scrollThrough(page, 120);
    await page.waitForTimeout(2000);
  });
  await page.close();
  return trace;
}

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
const at = (values: readonly number[], share: number): number =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

/** @param which the pages in question @param quiet those of the same rounds in a browser without the extension */
function pictureRows(name: string, which: readonly Trace[], quiet: readonly Trace[]): Row[] {
  const tasks = which.flatMap(({ extensionTasks }) => extensionTasks);
  if (tasks.length === 0) throw new Error('the trace holds no task of the extension');
  const task = (kind: string, share: number): Row => ({
    name: `${name}: extension in one task, ${kind}`,
    value: at(tasks, share),
    unit: 'ms',
    floor: TASK_MS,
    n: tasks.length,
    spread: [at(tasks, 0), at(tasks, 1)],
  });
  const ratios = which.map(({ busy }, round) => busy / (quiet[round]?.busy ?? Number.NaN));
  const busier: Row = {
    name: `${name}: main thread, by that of the quiet page`,
    value: at(ratios, 0.5),
    unit: 'times',
    floor: BUSIER_TIMES,
    n: ratios.length,
    spread: [at(ratios, 0), at(ratios, 1)],
  };
  return [task('longest', 1), task('p95', 0.95), task('median', 0.5), busier];
}

async function pictureBench(): Promise<Row[]> {
  const [companion, site] = await Promise.all([startCompanion(), startSite()]);
  const [bare, installed, watched] = await Promise.all([
    launchChromium({ publicPorts: [site.port], extension: false }),
    launchChromium({ publicPorts: [site.port] }),
    launchChromium({ publicPorts: [site.port] }),
  ]);
  try {
    await pairThroughPage(installed, companion);
    await pairThroughPage(watched, companion);
    await checkEverywhere(watched);
    const traces: { readonly quiet: Trace[]; readonly idle: Trace[]; readonly checked: Trace[] } = {
      quiet: [],
      idle: [],
      checked: [],
    };
    // By turns: other work on the machine falls on all. Each round has pictures that nobody has seen yet.
    for (let round = 0; round < ROUNDS; round += 1) {
      const { url } = await serveGallery(site, PICTURES, `round-${round}`);
      traces.quiet.push(await read(bare, url));
      traces.idle.push(await read(installed, url));
      traces.checked.push(await read(watched, url));
    }
    return [
      ...pictureRows('watched page', traces.checked, traces.quiet),
      ...pictureRows('only installed', traces.idle, traces.quiet),
    ];
  } finally {
    await Promise.all([bare.close(), installed.close(), watched.close()]);
    await site.close();
    await companion.dispose();
  }
}

const rounded = (value: number): number => Number(value.toFixed(2));
const rows = process.argv.includes('video') ? await videoBench() : await pictureBench();
for (const row of rows) {
  const { name, unit, floor, n, spread } = row;
  const value = rounded(row.value);
  const ratio = Number((row.value / floor).toFixed(3));
  if (process.argv.includes('--json'))
    console.log(JSON.stringify({ ...row, value, ratio, spread: spread.map(rounded) }));
  else console.log(`${name.padEnd(44)} ${value} ${unit} of ${floor} (n ${n}, ${spread.map(rounded).join(' to ')})`);
}
