import { parentPort } from 'node:worker_threads';
import { isShipped, judgeViews, openPack, type PackSession, readPack, tryPack } from '@touchstone/models/session';
import { TouchstoneError } from '@touchstone/shared';
import type { WorkerReply, WorkerRequest } from './worker-protocol.ts';

/** Inference thread: holds the sessions and runs one request after the other, since `session.run` blocks its thread. */
const sessions = new Map<string, Promise<PackSession>>();

function sessionFor(folder: string, provider: string): Promise<PackSession> {
  const key = `${provider} ${folder}`;
  const known = sessions.get(key);
  if (known) return known;
  const opening = open(folder, provider);
  sessions.set(key, opening);
  opening.catch(() => sessions.delete(key));
  return opening;
}

/** A foreign pack is tried in a process of its own first: native code that hangs in this thread could not be ended. */
async function open(folder: string, provider: string): Promise<PackSession> {
  const pack = await readPack(folder);
  if (!isShipped(pack)) await tryPack(folder);
  return openPack(pack, { provider });
}

async function release(folder: string): Promise<void> {
  for (const [key, session] of sessions) {
    if (!key.endsWith(` ${folder}`)) continue;
    sessions.delete(key);
    await (await session).release();
  }
}

async function answer(request: Extract<WorkerRequest, { type: 'run' }>): Promise<WorkerReply> {
  const { id, folder, provider } = request;
  try {
    const session = await sessionFor(folder, provider);
    const start = performance.now();
    if (request.pictures.every(({ count }) => count === 0)) return { type: 'answers', id, answers: [], ms: 0 };
    const outputs = await session.run(request.pictures);
    let first = 0;
    const answers = request.pictures.map(({ count }) => {
      if (count === 0) return undefined;
      const judged = judgeViews(session.pack.manifest, outputs, first, count);
      first += count;
      return judged;
    });
    return { type: 'answers', id, answers, ms: performance.now() - start };
  } catch (error) {
    const packInvalid = error instanceof TouchstoneError && error.code === 'pack-invalid';
    const detail = error instanceof TouchstoneError ? error.detail : String(error);
    return { type: 'failed', id, packInvalid, detail: detail ?? '' };
  }
}

let tail: Promise<void> = Promise.resolve();
parentPort?.on('message', (request: WorkerRequest) => {
  tail = tail.then(async () => {
    if (request.type === 'release') await release(request.folder).catch(() => undefined);
    else parentPort?.postMessage(await answer(request));
  });
});
