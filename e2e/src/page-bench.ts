/**
 * What the extension costs a page: scrolls through 500 pictures with automatic checks on, and prints the longest and the
 * p95 task of content-script code from the browser's own trace. Run: `pnpm bench:page [--json]`.
 */
import { pairThroughPage } from './harness/actions.ts';
import { launchChromium } from './harness/chromium.ts';
import { startCompanion } from './harness/companion.ts';
import { checkEverywhere, scrollThrough, serveGallery } from './harness/gallery.ts';
import { startSite } from './harness/site.ts';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly dur?: number;
  readonly args?: { readonly data?: { readonly url?: string; readonly scriptId?: string } };
}

/** A task longer than this is what the Long Tasks specification calls long, in milliseconds. */
const LONG_TASK_MS = 50;

const json = process.argv.includes('--json');
const [companion, site] = await Promise.all([startCompanion(), startSite()]);
const session = await launchChromium({ publicPorts: [site.port] });
try {
  await pairThroughPage(session, companion);
  await checkEverywhere(session);
  const { url } = await serveGallery(site, 500);
  const page = await session.context.newPage();
  const devtools = await session.context.newCDPSession(page);
  const events: TraceEvent[] = [];
  devtools.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await devtools.send('Tracing.start', {
    traceConfig: { includedCategories: ['devtools.timeline'] },
    transferMode: 'ReportEvents',
  });
  await page.goto(url);
  await scrollThrough(page, 120);
  await page.waitForTimeout(2000);
  const complete = new Promise<void>((resolve) => devtools.once('Tracing.tracingComplete', () => resolve()));
  await devtools.send('Tracing.end');
  await complete;
  const durations = events
    .filter((event) => event.ph === 'X' && (event.args?.data?.url ?? '').startsWith('chrome-extension://'))
    .map((event) => (event.dur ?? 0) / 1000)
    .sort((left, right) => left - right);
  const at = (share: number): number =>
    durations[Math.min(durations.length - 1, Math.floor(durations.length * share))] ?? 0;
  const rows = [
    { name: 'content-script task, longest', value: at(1) },
    { name: 'content-script task, p95', value: at(0.95) },
    { name: 'content-script task, median', value: at(0.5) },
  ].map((row) => ({
    ...row,
    value: Number(row.value.toFixed(2)),
    unit: 'ms',
    floor: LONG_TASK_MS,
    ratio: Number((row.value / LONG_TASK_MS).toFixed(3)),
    n: durations.length,
    spread: [Number(at(0).toFixed(2)), Number(at(1).toFixed(2))],
  }));
  if (durations.length === 0) throw new Error('the trace holds no content-script task');
  for (const row of rows) {
    console.log(json ? JSON.stringify(row) : `${row.name.padEnd(32)} ${row.value} ms of ${LONG_TASK_MS} (n ${row.n})`);
  }
} finally {
  await session.close();
  await site.close();
  await companion.dispose();
}
