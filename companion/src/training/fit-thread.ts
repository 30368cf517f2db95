import type { Taught, TeachData, TeachSettings, TeachStage } from '@touchstone/models/learning';
import { TouchstoneError } from '@touchstone/shared';
import { createThreadSupervisor } from '../workers/thread-supervisor.ts';
import { WorkerLost } from '../workers/worker-lost.ts';
import { FIT_PROGRESS_BYTES, FIT_STAGES, type FitAnswer, type FitQuestion, WHOLE } from './fit-protocol.ts';

/** Ten thousand pictures take a minute or two. */
const LIMIT_MS = 30 * 60_000;
/** A thread that nobody asks gives its memory back after this long. */
const IDLE_MS = 60_000;
/** How often its progress is looked at, in milliseconds. */
const LOOK_EVERY_MS = 250;

const SCRIPT = new URL('./fit-worker.ts', import.meta.url);

export interface FitThread {
  /** @throws TouchstoneError `dataset-unusable` where a class is missing, `cancelled`, `inference-failed` where the thread is lost */
  teach(
    data: TeachData,
    settings: TeachSettings,
    onProgress: (stage: TeachStage, share: number) => void,
    signal: AbortSignal,
  ): Promise<Taught>;
  close(): Promise<void>;
}

/** Teaches in a thread of its own. */
export function createFitThread(script = SCRIPT): FitThread {
  const options = { script, name: 'touchstone-training', native: false, idleMs: IDLE_MS };
  const thread = createThreadSupervisor<FitQuestion, FitAnswer>(options);
  return {
    async teach(data, settings, onProgress, signal) {
      const progress = new SharedArrayBuffer(FIT_PROGRESS_BYTES);
      const shown = new Int32Array(progress);
      const timer = setInterval(() => {
        const stage = FIT_STAGES[Atomics.load(shown, 0)] ?? 'training';
        onProgress(stage, Atomics.load(shown, 1) / WHOLE);
      }, LOOK_EVERY_MS);
      try {
        const question = { data, settings, progress };
        const answer = await thread.ask(() => ({ question, limitMs: LIMIT_MS, signal }));
        if ('failed' in answer) throw new TouchstoneError('dataset-unusable', answer.failed);
        return answer.taught;
      } catch (error) {
        if (!(error instanceof WorkerLost)) throw error;
        throw new TouchstoneError(signal.aborted ? 'cancelled' : 'inference-failed', error.message, { cause: error });
      } finally {
        clearInterval(timer);
      }
    },
    close: thread.close,
  };
}
