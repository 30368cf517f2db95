import '@touchstone/models/telemetry-off';
import { createThreadSupervisor } from '../workers/thread-supervisor.ts';
import type { FaceReply, FaceRequest } from './face-protocol.ts';

/** A picture takes some 20 ms; a thread that answers nothing for this long is stuck. */
const STUCK_MS = 20_000;
/** Deaths and failures in a row after which the detector stays off until the next start. */
const MAX_FAILURES = 3;
/** A detector nobody used for this long gives its memory back. */
const IDLE_MS = 5 * 60_000;

const SCRIPT = new URL('./face-worker.ts', import.meta.url);

export interface FaceThread {
  /** One at a time. @returns undefined when the thread failed */
  ask(request: FaceRequest): Promise<Extract<FaceReply, { faces: unknown }> | undefined>;
  /** False once it failed too often. */
  usable(): boolean;
  close(): Promise<void>;
}

/**
 * Keeps the thread of the face detector: started when first needed, ended when idle.
 * @param folder of the networks
 * @param onFailure is told why
 */
export function createFaceThread(folder: string, onFailure: (reason: string) => void, script = SCRIPT): FaceThread {
  const options = { script, name: 'touchstone-faces', data: folder, native: true, idleMs: IDLE_MS };
  const thread = createThreadSupervisor<FaceRequest, FaceReply>(options);
  let failures = 0;

  async function replyTo(request: FaceRequest): Promise<FaceReply> {
    const transfer = [request.data.buffer as ArrayBuffer];
    try {
      return await thread.ask(() => ({ question: request, limitMs: STUCK_MS, transfer }));
    } catch (error) {
      return { failed: String(error) };
    }
  }

  return {
    async ask(request) {
      const reply = await replyTo(request);
      if ('faces' in reply) {
        failures = 0;
        return reply;
      }
      failures++;
      onFailure(reply.failed);
      return undefined;
    },
    usable: () => failures < MAX_FAILURES,
    close: thread.close,
  };
}
