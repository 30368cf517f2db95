import { parentPort } from 'node:worker_threads';
import { POISON } from './poison.ts';
import type { WorkerRequest } from './worker-protocol.ts';

/** For tests: the inference thread, which dies of poisoned pictures. */
parentPort?.on('message', (request: WorkerRequest) => {
  if (request.type !== 'run') return;
  const poisoned = request.pictures.some(({ data }) => data[0] === POISON[0] && data[1] === POISON[1]);
  if (poisoned) throw new Error('poisoned picture');
});
await import('./inference-worker.ts');
