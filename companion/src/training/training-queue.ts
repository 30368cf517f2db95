import { toErrorReport } from '@touchstone/shared';
import type { Logger } from 'pino';
import type { PackControl } from '../packs/pack-control.ts';
import { type RunRooms, runDataset, runTraining } from './run-training.ts';
import { type Going, hasEnded, type KeptDataset, type KeptTraining } from './training-records.ts';

const MS_PER_SECOND = 1_000;
/** A guess of the time left before this much was done says nothing. */
const GUESS_FROM = 0.02;

interface QueueRooms {
  readonly running: RunRooms;
  readonly control: Pick<PackControl, 'refresh'>;
  readonly logger: Logger;
  /** Is told after each change of a data set or a training. */
  readonly onChange: (id: string) => void;
  /** Is told when work on a data set or a training has ended, however it did, and waited for. */
  readonly onEnd: (id: string) => Promise<void>;
}

/** Data sets that are looked at and trainings that go on: one at a time, in the order they came, over every restart. */
export interface TrainingQueue {
  going(id: string): Going | undefined;
  enqueue(id: string): void;
  save(id: string, change: Partial<KeptDataset> & Partial<KeptTraining>): Promise<void>;
  /** Stops what goes on with an id. @returns when it has stopped */
  cancel(id: string): Promise<void>;
  /** Stops what goes on; it goes on with the next start. */
  close(): Promise<void>;
}

export function createTrainingQueue({ running, control, logger, onChange, onEnd }: QueueRooms): TrainingQueue {
  const { store } = running;
  const going = new Map<string, { state: Going; readonly abort: AbortController }>();
  const closing = new AbortController();
  const waiting: string[] = [...store.datasets.values(), ...store.trainings.values()]
    .filter((kept) => !hasEnded(kept))
    .sort((a, b) => a.createdAt - b.createdAt)
    .map(({ id }) => id);

  async function save(id: string, change: Partial<KeptDataset> & Partial<KeptTraining>): Promise<void> {
    await (store.datasets.has(id) ? store.saveDataset(id, change) : store.saveTraining(id, change));
    onChange(id);
  }

  async function work(id: string): Promise<void> {
    const abort = new AbortController();
    const signal = AbortSignal.any([abort.signal, closing.signal]);
    const entry: { state: Going; readonly abort: AbortController } = {
      state: { stage: 'loading', progress: null, secondsLeft: null },
      abort,
    };
    going.set(id, entry);
    let begun = performance.now();
    const tell: Parameters<typeof runTraining>[2] = (stage, progress, before = 0) => {
      if (stage !== entry.state.stage) begun = performance.now();
      const done = progress === null ? 0 : progress - before;
      const left = done < GUESS_FROM ? null : ((performance.now() - begun) / done) * (1 - (progress ?? 0));
      entry.state = { stage, progress, secondsLeft: left === null ? null : Math.ceil(left / MS_PER_SECOND) };
      onChange(id);
    };
    try {
      await save(id, { state: 'processing', error: null });
      const dataset = store.datasets.get(id);
      const training = store.trainings.get(id);
      if (dataset) {
        const summary = await runDataset(running, dataset, tell, signal);
        going.delete(id);
        await save(id, { state: 'completed', summary, endedAt: Date.now() });
      } else if (training) {
        const pack = await runTraining(running, training, tell, signal);
        await control.refresh();
        going.delete(id);
        await save(id, { state: 'completed', pack, endedAt: Date.now() });
      }
    } catch (error) {
      going.delete(id);
      // What was stopped with the companion goes on with the next one.
      if (closing.signal.aborted) return;
      if (abort.signal.aborted) await save(id, { state: 'cancelled', endedAt: Date.now() });
      else {
        const report = toErrorReport(error);
        if (report.code === 'internal') logger.error({ err: error, id }, 'a training failed');
        await save(id, { state: 'failed', error: report, endedAt: Date.now() });
      }
    }
  }

  let pumping: Promise<void> = Promise.resolve();
  function pump(): void {
    pumping = pumping.then(async () => {
      const id = closing.signal.aborted ? undefined : waiting.shift();
      if (id === undefined) return;
      try {
        await work(id);
        await onEnd(id);
      } catch (error) {
        logger.error({ err: error, id }, 'a training could not be ended');
      }
    });
  }
  for (const _ of [...waiting]) pump();

  return {
    going: (id) => going.get(id)?.state,
    enqueue(id) {
      waiting.push(id);
      pump();
    },
    save,
    async cancel(id) {
      const at = waiting.indexOf(id);
      if (at >= 0) {
        waiting.splice(at, 1);
        await save(id, { state: 'cancelled', endedAt: Date.now() });
        return;
      }
      const entry = going.get(id);
      if (!entry) return;
      entry.abort.abort();
      await pumping;
    },
    async close() {
      closing.abort();
      await pumping;
    },
  };
}
