import type { Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** As above, in time of the thread's own work: what other processes took is not in it. */
  readonly tts?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly url?: string; readonly frame?: string } };
}

export interface Trace {
  /** Milliseconds of the extension's code in each task of a page's main thread that ran any. */
  readonly extensionTasks: readonly number[];
  /** Milliseconds that the page's main thread was busy in all. */
  readonly busy: number;
  /** Whether the times are the threads' own, without what other processes took from them. */
  readonly ownTime: boolean;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const spanOf = ({ ts, dur = 0, tts, tdur }: TraceEvent): Span =>
  tts === undefined || tdur === undefined ? { start: ts, end: ts + dur } : { start: tts, end: tts + tdur };

/** Microseconds of one thread covered by spans, what lies inside another counted once. */
function covered(spans: readonly Span[]): number {
  let sum = 0;
  let reached = 0;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    sum += Math.max(0, end - Math.max(start, reached));
    reached = Math.max(reached, end);
  }
  return sum;
}

/** Extension time by task, from the browser's own trace: calls inside calls, and several calls in one task, are summed. */
export function readTrace(events: readonly TraceEvent[]): Trace {
  const complete = events.filter(({ ph, dur }) => ph === 'X' && dur !== undefined);
  const calls = complete.filter(({ args }) => (args?.data?.url ?? '').startsWith('chrome-extension://'));
  const threads = new Set(calls.map(({ pid, tid }) => `${pid} ${tid}`));
  const named = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const main = new Set(named.map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = complete.filter(({ name, pid, tid }) => name === 'RunTask' && main.has(`${pid} ${tid}`));
  const extensionTasks: number[] = [];
  for (const thread of threads) {
    const onThread = ({ pid, tid }: TraceEvent): boolean => `${pid} ${tid}` === thread;
    const inOrder = tasks.filter(onThread).toSorted((a, b) => a.ts - b.ts);
    const byTask = new Map<number, Span[]>();
    for (const call of calls.filter(onThread)) {
      // A call outside of any known task is one of its own.
      const task = inOrder.findLast(({ ts }) => ts <= call.ts);
      const inside = task && call.ts <= task.ts + (task.dur ?? 0);
      const key = inside ? task.ts : call.ts;
      byTask.set(key, [...(byTask.get(key) ?? []), spanOf(call)]);
    }
    for (const spans of byTask.values()) extensionTasks.push(covered(spans) / 1000);
  }
  let busy = 0;
  // Each thread has a clock of its own.
  for (const thread of main) busy += covered(tasks.filter(({ pid, tid }) => `${pid} ${tid}` === thread).map(spanOf));
  return { extensionTasks, busy: busy / 1000, ownTime: complete.some(({ tdur }) => tdur !== undefined) };
}

/** Traces one page's process while something happens. */
export async function traced(page: Page, during: () => Promise<void>): Promise<Trace> {
  const devtools = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  devtools.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await devtools.send('Tracing.start', {
    traceConfig: { includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', '__metadata'] },
    transferMode: 'ReportEvents',
  });
  await during();
  const complete = new Promise<void>((resolve) => devtools.once('Tracing.tracingComplete', () => resolve()));
  await devtools.send('Tracing.end');
  await complete;
  await devtools.detach();
  return readTrace(events);
}
