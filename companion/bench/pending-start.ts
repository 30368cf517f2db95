import { join } from 'node:path';
import { createSqliteLedger } from '../src/jobs/embedded/sqlite-ledger.ts';
import { openHistory } from '../src/log/create-result-log.ts';
import { LOCAL_OWNER } from '../src/records/owner.ts';
import { startDaemon } from './daemon-process.ts';
import { level, type Measurement, median } from './statistics.ts';

/** Accepted checks that a companion finds at its start. */
const WAITING = 10_000;

/** Until it is ready with them, beyond a start without, in milliseconds. */
const LIMIT_MS = 1_000;

/** Leaves a data folder as a companion does that accepted many checks and ended. */
async function leaveChecks(home: string): Promise<void> {
  const history = openHistory(join(home, 'history.sqlite'));
  const works = Array.from({ length: WAITING }, (_, index) => ({
    kind: 'picture' as const,
    content: index.toString(16).padStart(64, '0'),
    bytes: 1000,
    lane: 'bulk' as const,
    source: { kind: 'image' as const, path: 'file' as const, private: false },
    settings: { quickPack: null, thoroughPack: null },
    fresh: false,
    owner: LOCAL_OWNER,
    client: 'bench',
  }));
  await createSqliteLedger(history).accept(works);
  history.log.close();
}

/** From the start of the process until it is asked and answers. @returns milliseconds */
async function startTime(prepare: ((home: string) => Promise<void>) | undefined): Promise<number> {
  let start = performance.now();
  const daemon = await startDaemon({
    standIns: true,
    async prepare(home) {
      await prepare?.(home);
      start = performance.now();
    },
  });
  try {
    await fetch(`http://127.0.0.1:${daemon.port}/health`);
    return performance.now() - start;
  } finally {
    await daemon.stop();
  }
}

/** What 10,000 accepted checks cost at the start, by turns with a start without any. */
export async function pendingStart(rounds: number): Promise<Measurement[]> {
  const without: number[] = [];
  const withThem: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    without.push(await startTime(undefined));
    withThem.push(await startTime(leaveChecks));
  }
  const more = withThem.map((time) => time - median(without));
  return [
    level(`start with ${WAITING} waiting checks, against one without`, 'ms', withThem, without),
    {
      ...level(`start with ${WAITING} waiting checks, beyond one without`, 'ms', more, null),
      limit: `<= ${LIMIT_MS} ms`,
    },
  ];
}
