import { isShipped, judgeViews, openPack, type PackSession, readPack, tryPack } from '@touchstone/models/session';
import { TouchstoneError } from '@touchstone/shared';
import { answerQuestions } from '../workers/thread-program.ts';
import type { WorkerReply, WorkerRequest } from './worker-protocol.ts';

/** Inference thread: holds the sessions and runs one request after the other, since `session.run` blocks its thread. */
const sessions = new Map<string, Promise<PackSession>>();

type Asked = Pick<Extract<WorkerRequest, { type: 'run' }>, 'folder' | 'sha256' | 'provider'>;

function sessionFor(asked: Asked, ending: AbortSignal): Promise<PackSession> {
  const key = `${asked.provider} ${asked.sha256} ${asked.folder}`;
  const known = sessions.get(key);
  if (known) return known;
  const opening = open(asked, ending);
  sessions.set(key, opening);
  opening.catch(() => sessions.delete(key));
  return opening;
}

/** A foreign pack is tried in a process of its own first: native code that hangs in this thread could not be ended. */
async function open({ folder, sha256, provider }: Asked, ending: AbortSignal): Promise<PackSession> {
  const pack = await readPack(folder);
  if (pack.manifest.model.sha256 !== sha256) throw new TouchstoneError('pack-invalid', 'another graph took its place');
  if (!isShipped(pack)) await tryPack(folder, { signal: ending });
  return openPack(pack, { provider });
}

async function release(folder: string): Promise<void> {
  for (const [key, session] of sessions) {
    if (!key.endsWith(` ${folder}`)) continue;
    sessions.delete(key);
    await (await session).release();
  }
}

async function shrink(): Promise<void> {
  for (const session of sessions.values()) await (await session).shrink();
}

async function run(request: Extract<WorkerRequest, { type: 'run' }>, ending: AbortSignal): Promise<WorkerReply> {
  try {
    const session = await sessionFor(request, ending);
    const start = performance.now();
    if (request.pictures.every(({ count }) => count === 0)) return { type: 'answers', answers: [], ms: 0 };
    const outputs = await session.run(request.pictures);
    let first = 0;
    const answers = request.pictures.map(({ count }) => {
      if (count === 0) return undefined;
      const judged = judgeViews(session.pack.manifest, outputs, first, count);
      first += count;
      return judged;
    });
    return { type: 'answers', answers, ms: performance.now() - start };
  } catch (error) {
    const packInvalid = error instanceof TouchstoneError && error.code === 'pack-invalid';
    const detail = error instanceof TouchstoneError ? error.detail : String(error);
    return { type: 'failed', packInvalid, detail: detail ?? '' };
  }
}

answerQuestions<WorkerRequest, WorkerReply>(async (request, ending) => {
  if (request.type === 'run') return run(request, ending);
  if (request.type === 'shrink') {
    await shrink().catch(() => undefined);
    return { type: 'shrunk' };
  }
  await release(request.folder).catch(() => undefined);
  return { type: 'released' };
});
