import { parentPort } from 'node:worker_threads';
import type { ToThread } from '../workers/thread-messages.ts';
import { POISON } from './poison.ts';
import type { WorkerRequest } from './worker-protocol.ts';

/** For tests: the inference thread, which dies of poisoned pictures. */
parentPort?.on('message', (message: ToThread<WorkerRequest>) => {
  if (message.type !== 'ask' || message.question.type !== 'run') return;
  const poisoned = message.question.pictures.some(({ data }) => data[0] === POISON[0] && data[1] === POISON[1]);
  if (poisoned) throw new Error('poisoned picture');
});
await import('./inference-worker.ts');
