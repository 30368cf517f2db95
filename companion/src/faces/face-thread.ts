import '@touchstone/models/telemetry-off';
import { Worker } from 'node:worker_threads';
import type { FaceReply, FaceRequest } from './face-protocol.ts';

/** A picture takes some 20 ms; a thread that answers nothing for this long is stuck. */
const STUCK_MS = 20_000;
/** Deaths and failures in a row after which the detector stays off until the next start. */
const MAX_FAILURES = 3;

export interface FaceThread {
  /** One at a time. @returns undefined when the thread failed */
  ask(request: FaceRequest): Promise<Extract<FaceReply, { faces: unknown }> | undefined>;
  /** False once it failed too often. */
  usable(): boolean;
  /** Ends the thread; the next question starts a new one. */
  rest(): Promise<void>;
}

/**
 * Keeps the thread of the face detector: started when first needed.
 * @param folder of the networks
 * @param onFailure is told why
 */
export function createFaceThread(folder: string, onFailure: (reason: string) => void, script = SCRIPT): FaceThread {
  let worker: Worker | undefined;
  let waiting: ((reply: FaceReply) => void) | undefined;
  let failures = 0;

  function start(): Worker {
    const started = new Worker(script, {
      workerData: folder,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      name: 'touchstone-faces',
    });
    started.on('message', (reply: FaceReply) => waiting?.(reply));
    started.on('error', (error: unknown) => lost(started, String(error)));
    started.on('exit', (code) => lost(started, `exit code ${code}`));
    started.unref();
    return started;
  }

  function lost(which: Worker, reason: string): void {
    if (worker !== which) return;
    worker = undefined;
    waiting?.({ failed: reason });
  }

  return {
    async ask(request) {
      worker ??= start();
      const target = worker;
      const reply = await new Promise<FaceReply>((resolve) => {
        const timer = setTimeout(() => lost(target, 'no answer'), STUCK_MS);
        timer.unref();
        waiting = (given) => {
          clearTimeout(timer);
          waiting = undefined;
          resolve(given);
        };
        target.postMessage(request, [request.data.buffer as ArrayBuffer]);
      });
      if ('faces' in reply) {
        failures = 0;
        return reply;
      }
      failures++;
      onFailure(reply.failed);
      return undefined;
    },
    usable: () => failures < MAX_FAILURES,
    async rest() {
      const last = worker;
      worker = undefined;
      await last?.terminate();
    },
  };
}

const SCRIPT = new URL('./face-worker.ts', import.meta.url);
