import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Pack } from '@touchstone/models';
import { packLabel } from '@touchstone/shared';
import { awaitJob } from '../../src/jobs/await-job.ts';
import { createSqliteLedger } from '../../src/jobs/embedded/sqlite-ledger.ts';
import type { JobWork } from '../../src/jobs/job.ts';
import type { JobLedger } from '../../src/jobs/job-ledger.ts';
import { openHistory } from '../../src/log/create-result-log.ts';
import { LOCAL_OWNER } from '../../src/records/owner.ts';
import type { Contents } from '../../src/store/contents.ts';
import { openFolderContentStore } from '../../src/store/folder/folder-content-store.ts';
import { openContentAt } from '../../src/team/content/open-content.ts';
import { startPostgres } from '../../src/team/fixtures/start-postgres.ts';
import { openTeam } from '../../src/team/open-team.ts';
import { NODE_FLAGS } from '../../src/workers/node-settings.mjs';
import { AS_STARTED, startDaemon } from '../daemon-process.ts';
import { level, type Measurement, median, quantile } from '../statistics.ts';
import { fullHdPhotos } from '../test-photo.ts';
import { completed } from './simulated.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** Share of the rate of a single computer below which the queue costs too much. */
const LEAST_SHARE = 0.85;

/** How much longer a question may take than on a single computer with as much bulk waiting, at the 95th percentile. Milliseconds. */
const MORE_MS = 250;

/** Turns of each, the checks by which a rate is measured, and the first ones that are not counted. */
const ROUNDS = 5;
const RATED = 60;
const WARM = 10;

/** Different pictures, sent again and again as checks of their own. */
const PHOTOS = 8;

const LOOK_MS = 50;

interface Asked {
  readonly pack: Pack;
  readonly photos: readonly Buffer[];
  /** Checks that wait from the beginning. */
  readonly bulk: number;
}

const workOf = (
  pack: Pack,
  content: { sha256: string; bytes: number },
  lane: JobWork['lane'],
  owner: string,
): JobWork => ({
  kind: 'picture',
  content: content.sha256,
  bytes: content.bytes,
  lane,
  source: { kind: 'image', path: 'file', private: false },
  pack: packLabel(pack.manifest),
  settings: { quickPack: null, thoroughPack: null },
  fresh: true,
  owner,
  client: lane,
});

/** Lets checks of the photographs wait. */
async function fill(
  ledger: JobLedger,
  contents: Contents,
  { pack, photos, bulk }: Asked,
  owner: string,
): Promise<void> {
  const held = await Promise.all(photos.map((photo) => contents.hold(photo)));
  for (let from = 0; from < bulk; from += 1_000) {
    const works = Array.from({ length: Math.min(1_000, bulk - from) }, (_, at) => {
      const content = held[(from + at) % held.length] as (typeof held)[number];
      return workOf(pack, content, 'bulk', owner);
    });
    await ledger.accept(works);
  }
  for (const one of held) await one.release();
}

/** One of the two that are compared. Both have the same checks waiting from the beginning. */
interface Mode {
  /** Of the process that judges. */
  readonly pid: number;
  /** How many checks have ended. */
  done(): number | Promise<number>;
  /** Asks about a picture that was never seen, and waits for the answer. */
  ask(index: number): Promise<unknown>;
  close(): Promise<void>;
}

async function until(mode: Mode, count: number): Promise<number> {
  let ended = await mode.done();
  while (ended < count) {
    await wait(LOOK_MS);
    ended = await mode.done();
  }
  return ended;
}

/** @returns pictures a second, while the mode runs alone */
async function rateOf(mode: Mode): Promise<number> {
  const before = await until(mode, (await mode.done()) + WARM);
  const start = performance.now();
  const after = await until(mode, before + RATED);
  return ((after - before) / (performance.now() - start)) * 1_000;
}

/** @returns milliseconds of each question */
async function timesOf(mode: Mode, questions: number, first: number): Promise<number[]> {
  const times: number[] = [];
  for (let at = 0; at < questions; at += 1) {
    const start = performance.now();
    await mode.ask(first + at);
    times.push(performance.now() - start);
    await wait((at * 37) % 100);
  }
  return times;
}

/** A picture that was never seen: the comment in it is another. */
function unseen(photo: Buffer, index: number): Buffer {
  const comment = Buffer.from([0xff, 0xfe, 0, 6, 0, 0, 0, 0]);
  comment.writeUInt32BE(index, 4);
  return Buffer.concat([photo.subarray(0, 2), comment, photo.subarray(2)]);
}

const photoAt = ({ photos }: Asked, index: number): Buffer =>
  unseen(photos[index % photos.length] ?? Buffer.alloc(0), index);

async function singleMode(asked: Asked): Promise<Mode> {
  let home = '';
  const daemon = await startDaemon({
    async prepare(folder) {
      home = folder;
      const content = await openFolderContentStore(join(home, 'content'));
      const history = openHistory(join(home, 'history.sqlite'), { content });
      await fill(createSqliteLedger(history), history.contents, asked, LOCAL_OWNER);
      history.log.close();
    },
  });
  const token = await daemon.programToken();
  const database = new DatabaseSync(join(home, 'history.sqlite'), { readOnly: true });
  const ended = database.prepare("SELECT count(*) AS total FROM jobs WHERE state = 'completed'");
  return {
    pid: daemon.pid,
    done: () => Number(ended.get()?.total ?? 0),
    async ask(index) {
      const query = new URLSearchParams({ wait: '30', pack: packLabel(asked.pack.manifest) });
      const answer = await fetch(`http://127.0.0.1:${daemon.port}/v1/checks?${query}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: new Uint8Array(photoAt(asked, index)),
      });
      if (answer.status !== 200) throw new Error(`a question was answered ${answer.status}: ${await answer.text()}`);
      await answer.arrayBuffer();
    },
    async close() {
      database.close();
      await daemon.stop();
    },
  };
}

async function teamMode(asked: Asked): Promise<Mode> {
  const home = await mkdtemp(join(tmpdir(), 'touchstone-bench-team-'));
  const postgres = await startPostgres();
  const database = postgres.url('postgres');
  const place = join(home, 'content');
  const content = await openContentAt(place, { scratch: join(home, 'scratch'), environment: {} });
  const team = await openTeam({ database, content });
  await fill(team.ledger, team.contents, asked, 'bench');
  const worker = spawn(process.execPath, [...NODE_FLAGS, MAIN, 'worker', '--provider', 'cpu', '--log-level', 'warn'], {
    env: {
      ...AS_STARTED,
      ...process.env,
      TOUCHSTONE_HOME: home,
      TOUCHSTONE_DATABASE: database,
      TOUCHSTONE_CONTENT: place,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const gone = once(worker, 'exit');
  return {
    pid: worker.pid ?? 0,
    done: () => completed(team),
    async ask(index) {
      const held = await team.contents.hold(photoAt(asked, index));
      const accepted = await team.ledger.accept([workOf(asked.pack, held, 'asked', 'bench')]);
      await held.release();
      const id = accepted.outcome === 'accepted' ? accepted.jobs[0]?.id : undefined;
      const job = await awaitJob(team.ledger, id ?? '', AbortSignal.timeout(60_000));
      await team.owners.within('bench', () => team.owners.history.get(job?.recordId ?? ''));
    },
    async close() {
      worker.kill('SIGTERM');
      await gone;
      await team.close();
      await postgres.stop();
      await rm(home, { recursive: true });
    },
  };
}

/**
 * The real quick pack: one worker of a team, and a companion on its own, by turns. While one is measured the other's process stands
 * still, so that whatever else the machine does falls on both alike.
 */
export async function quickPackTeam(pack: Pack, bulk: number, questions: number): Promise<Measurement[]> {
  const asked = { pack, photos: await fullHdPhotos(PHOTOS), bulk };
  const modes = { single: await singleMode(asked), team: await teamMode(asked) };
  const rates: Record<keyof typeof modes, number[]> = { single: [], team: [] };
  const times: Record<keyof typeof modes, number[]> = { single: [], team: [] };
  try {
    for (const mode of Object.values(modes)) {
      await until(mode, WARM);
      process.kill(mode.pid, 'SIGSTOP');
    }
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const name of ['single', 'team'] as const) {
        const mode = modes[name];
        process.kill(mode.pid, 'SIGCONT');
        rates[name].push(await rateOf(mode));
        const some = Math.ceil(questions / ROUNDS);
        times[name].push(...(await timesOf(mode, some, round * some)));
        process.kill(mode.pid, 'SIGSTOP');
      }
    }
  } finally {
    for (const mode of Object.values(modes)) {
      process.kill(mode.pid, 'SIGCONT');
      await mode.close();
    }
  }
  const ratios = rates.team.map((rate, round) => rate / (rates.single[round] ?? Number.NaN));
  const [team, single] = [quantile(times.team, 0.95), quantile(times.single, 0.95)];
  return [
    {
      ...level('quick pack, one worker, against a companion on its own', 'pictures/s', rates.team, rates.single),
      ratio: median(ratios),
      limit: `>= ${LEAST_SHARE}`,
    },
    {
      ...level(
        `question while ${bulk} bulk checks wait, quick pack, 95th percentile, against that companion`,
        'ms',
        [team],
        single,
      ),
      n: times.team.length,
      limit: `<= that of a companion + ${MORE_MS} ms`,
    },
  ];
}
