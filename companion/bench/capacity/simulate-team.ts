import { quantile } from '../statistics.ts';
import { EventQueue, Station } from './event-queue.ts';

/** Times that were measured, in milliseconds. */
export interface ServiceTimes {
  /** Pictures of one batch of a worker's model, and how long it takes. */
  readonly batch: number;
  readonly batchMs: number;
  /** From the end of a batch to the beginning of the next, while a worker's process is busy with something else. */
  readonly turnMs: number;
  /** Processor time of a worker for each picture, beside its model. */
  readonly workerMs: number;
  /** Of the database for handing out one batch, and for one record of it. */
  readonly claimMs: number;
  readonly claimEachMs: number;
  /** The same for writing down: nobody else writes meanwhile, since the chain has one end. */
  readonly writeMs: number;
  readonly writeEachMs: number;
}

export interface Desk {
  readonly workers: number;
  readonly databaseCores: number;
  /** Cores of the one machine on which everything runs; absent: each worker has its own. */
  readonly sharedCores?: number | undefined;
  /** Questions a second beside the bulk. */
  readonly questions?: number;
  /** Length of the run and of its beginning that does not count, in seconds. */
  readonly seconds?: number;
  readonly warmUpSeconds?: number;
}

export interface Prediction {
  /** Records a second. */
  readonly rate: number;
  /** Share of what the models could do. */
  readonly efficiency: number;
  /** Share of the time in which somebody writes at the end of the chain. */
  readonly chain: number;
  /** Share of the database's cores that are busy. */
  readonly database: number;
  /** 95th percentile from a question to its record, in milliseconds; NaN without questions. */
  readonly questionP95: number;
}

/** Batches that a worker has in its hands: one in work, one that fills, one on its way into the database. */
const IN_HAND = 3;

/** Records of one transaction (team/records/record-writer.ts). */
const MOST_TOGETHER = 128;

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Worker {
  /** When each question was asked that waits for the next batch; undefined for bulk. */
  readonly ready: (number | undefined)[];
  held: number;
  claiming: boolean;
  computing: boolean;
  /** Ends of batches that wait while others are written; they go together. */
  unwritten: (number | undefined)[];
  writing: boolean;
  readonly host: Station;
}

/** A team with more bulk waiting than it can do: what it does in a second, and how long a question takes. */
export function simulateTeam(times: ServiceTimes, desk: Desk): Prediction {
  const { workers: count, databaseCores, sharedCores, questions = 0, seconds = 60, warmUpSeconds = 5 } = desk;
  const clock = new EventQueue();
  const machine = sharedCores === undefined ? undefined : new Station(clock, sharedCores);
  const database = machine ?? new Station(clock, databaseCores);
  const chain = new Station(clock, 1);
  const random = chance(1);
  const answered: number[] = [];
  let written = 0;
  let [busyChain, busyDatabase] = [0, 0];
  const workers = Array.from(
    { length: count },
    (): Worker => ({
      ready: [],
      held: 0,
      claiming: false,
      computing: false,
      unwritten: [],
      writing: false,
      host: machine ?? new Station(clock, 1),
    }),
  );

  function claim(worker: Worker): void {
    const free = IN_HAND * times.batch - worker.held;
    if (worker.claiming || free <= 0) return;
    worker.claiming = true;
    worker.held += free;
    const service = times.claimMs + times.claimEachMs * free;
    busyDatabase += service;
    database.serve(service, () => {
      worker.claiming = false;
      for (let at = 0; at < free; at += 1) worker.ready.push(undefined);
      compute(worker);
      claim(worker);
    });
  }

  function compute(worker: Worker): void {
    if (worker.computing || worker.ready.length === 0) return;
    worker.computing = true;
    const batch = worker.ready.splice(0, times.batch);
    // The batch runs beside the processor; what each picture needs of that comes before it is written.
    clock.after(times.batchMs, () => {
      worker.host.serve(times.workerMs * batch.length, () => {
        worker.unwritten.push(...batch);
        write(worker);
      });
      clock.after(times.turnMs, () => {
        worker.computing = false;
        compute(worker);
      });
    });
  }

  function write(worker: Worker): void {
    if (worker.writing || worker.unwritten.length === 0) return;
    worker.writing = true;
    const some = worker.unwritten.splice(0, MOST_TOGETHER);
    const service = times.writeMs + times.writeEachMs * some.length;
    busyDatabase += service;
    chain.serve(service, () => {
      busyChain += service;
      written += some.length;
      for (const asked of some) if (asked !== undefined) answered.push(clock.now - asked);
      worker.held -= some.length;
      worker.writing = false;
      claim(worker);
      write(worker);
    });
    // Whoever writes needs a core, too.
    if (machine) machine.serve(service, () => {});
  }

  function ask(): void {
    clock.after((-Math.log(1 - random()) / questions) * 1_000, () => {
      const asked = clock.now;
      const worker = workers[Math.floor(random() * count)] as Worker;
      const service = times.claimMs + times.claimEachMs;
      busyDatabase += service;
      database.serve(service, () => {
        worker.held += 1;
        worker.ready.unshift(asked);
        compute(worker);
      });
      ask();
    });
  }

  // Not all at the same moment, as in life.
  for (const worker of workers) clock.after(random() * times.batchMs, () => claim(worker));
  if (questions > 0) ask();
  clock.run(warmUpSeconds * 1_000);
  written = 0;
  [busyChain, busyDatabase] = [0, 0];
  answered.length = 0;
  clock.run((warmUpSeconds + seconds) * 1_000);
  const rate = written / seconds;
  return {
    rate,
    efficiency: rate / ((count * times.batch) / (times.batchMs / 1_000)),
    chain: busyChain / (seconds * 1_000),
    database: busyDatabase / (seconds * 1_000 * (sharedCores ?? databaseCores)),
    questionP95: answered.length === 0 ? Number.NaN : quantile(answered, 0.95),
  };
}

/** Bytes that one record adds. */
export interface RecordSize {
  readonly database: number;
  /** What is written ahead of it. */
  readonly log: number;
}

export interface Growth {
  /** Of the database after a year, and of what is written ahead each day. GB (10^9 bytes). */
  readonly database: number;
  readonly logADay: number;
  /** Records a second, all year round. */
  readonly rate: number;
}

/** What so many records a year need. */
export function growth(recordsAYear: number, { database, log }: RecordSize): Growth {
  return {
    database: (recordsAYear * database) / 1e9,
    logADay: (recordsAYear * log) / 365 / 1e9,
    rate: recordsAYear / (365 * 24 * 3_600),
  };
}
