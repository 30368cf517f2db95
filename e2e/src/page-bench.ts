/**
 * What the extension costs a page. `pnpm bench:page [--json]` scrolls through 500 pictures with automatic checks on and
 * prints the extension's time in each task of the page, from the browser's own trace; `pnpm bench:page video [--json]`
 * plays a 720p video at 30 frames a second, by turns in a browser without the extension and in one with it.
 */
import { pairThroughPage } from './harness/actions.ts';
import { launchChromium } from './harness/chromium.ts';
import { startCompanion } from './harness/companion.ts';
import { checkEverywhere, scrollThrough, serveGallery } from './harness/gallery.ts';
import { startSite } from './harness/site.ts';
import { traced } from './harness/trace.ts';
import { videoBench } from './video-bench.ts';

/** A task longer than this is what the Long Tasks specification calls long, in milliseconds. */
const LONG_TASK_MS = 50;

export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it must stay under. */
  readonly floor: number;
  readonly n: number;
  readonly spread: readonly [number, number];
}

async function pictureBench(): Promise<Row[]> {
  const [companion, site] = await Promise.all([startCompanion(), startSite()]);
  const session = await launchChromium({ publicPorts: [site.port] });
  try {
    await pairThroughPage(session, companion);
    await checkEverywhere(session);
    const { url } = await serveGallery(site, 500);
    const page = await session.context.newPage();
    const { extensionTasks } = await traced(page, async () => {
      await page.goto(url);
      await scrollThrough(page, 120);
      await page.waitForTimeout(2000);
    });
    if (extensionTasks.length === 0) throw new Error('the trace holds no task of the extension');
    const sorted = extensionTasks.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    const row = (name: string, value: number): Row => ({
      name: `extension in one task, ${name}`,
      value,
      unit: 'ms',
      floor: LONG_TASK_MS,
      n: sorted.length,
      spread: [at(0), at(1)],
    });
    return [row('longest', at(1)), row('p95', at(0.95)), row('median', at(0.5))];
  } finally {
    await session.close();
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
