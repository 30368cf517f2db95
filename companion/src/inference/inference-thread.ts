import '@touchstone/models/telemetry-off';
import { createThreadSupervisor, type ThreadSupervisor } from '../workers/thread-supervisor.ts';
import type { WorkerReply, WorkerRequest } from './worker-protocol.ts';

/** A run that takes longer is stuck (a GPU driver that hangs); the slowest known run takes 3 s. */
const RUN_TIMEOUT_MS = 60_000;

const SCRIPT = new URL('./inference-worker.ts', import.meta.url);

type RunRequest = Extract<WorkerRequest, { type: 'run' }>;
type Answers = Extract<WorkerReply, { type: 'answers' }>;

/** The graph or the provider failed, the thread lives. */
export class RunFailed extends Error {
  override readonly name = 'RunFailed';
  readonly packInvalid: boolean;

  constructor({ detail, packInvalid }: Extract<WorkerReply, { type: 'failed' }>) {
    super(detail);
    this.packInvalid = packInvalid;
  }
}

export interface InferenceThread extends Pick<ThreadSupervisor<WorkerRequest, WorkerReply>, 'restarts' | 'close'> {
  /** Sends one request and waits for its answer; one at a time. @throws WorkerLost, RunFailed */
  ask(request: RunRequest): Promise<Answers>;
  /** Gives the memory of a pack back once the runs before are over. */
  release(folder: string): void;
  /** Gives back what large runs left. */
  shrink(): void;
}

/**
 * Keeps one inference thread alive: started when needed, replaced with growing pauses when it dies or gets stuck.
 * @param onDeath is told why
 * @param script of the thread
 */
export function createInferenceThread(onDeath: (reason: string) => void, script = SCRIPT): InferenceThread {
  const options = { script, name: 'touchstone-inference', native: true, onLoss: onDeath };
  const thread = createThreadSupervisor<WorkerRequest, WorkerReply>(options);
  return {
    async ask(request) {
      const reply = await thread.ask(() => ({ question: request, limitMs: RUN_TIMEOUT_MS }));
      if (reply.type === 'answers') return reply;
      throw new RunFailed(reply.type === 'failed' ? reply : { type: 'failed', packInvalid: false, detail: reply.type });
    },
    release: (folder) => thread.tell({ type: 'release', folder }),
    shrink: () => thread.tell({ type: 'shrink' }),
    restarts: thread.restarts,
    close: thread.close,
  };
}
