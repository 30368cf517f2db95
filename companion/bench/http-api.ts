import { mkdtemp, open, rm } from 'node:fs/promises';
import { Agent, type OutgoingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import type { Pack } from '@touchstone/models';
import { CheckList } from '@touchstone/shared/api';
import * as v from 'valibot';
import { BARE_WORK, openBareWork } from './bare-work.ts';
import { type Daemon, startDaemon } from './daemon-process.ts';
import { rate } from './rate.ts';
import { level, type Measurement, quantile } from './statistics.ts';
import { fullHdPhotos } from './test-photo.ts';

/** Programs that ask at the same time, one picture each. */
const CLIENTS = 64;

/** Pictures of one call, and calls at a time, where many are sent at once. */
const [BATCH, BATCHES_AT_ONCE] = [8, 2];

/** Share of the bare loop that calls of many pictures reach. */
const LEAST_SHARE = 0.85;

/** Until the answer that a check is accepted and on the disk, 95 of 100. */
const ACCEPT_P95_MS = 50;

/** Time between two single checks, in milliseconds: a program that sends what comes in. */
const BETWEEN_MS = 50;

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: unknown;
}

/** @param query of `POST /v1/checks` */
function createSender({ port }: Daemon, token: string) {
  // A connection a call: one that is kept may be closed by its idle end in the very moment of the next call.
  const agent = new Agent({ keepAlive: false });
  const send = (query: string, body: Buffer, more: OutgoingHttpHeaders = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const outgoing = request(
        {
          agent,
          host: '127.0.0.1',
          port,
          path: `/v1/checks?${query}`,
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-length': body.length, ...more },
        },
        (response) => {
          const { statusCode = 0, headers } = response;
          const retryAfter = headers['retry-after'];
          json(response).then((body) => resolve({ status: statusCode, retryAfter, body }), reject);
        },
      );
      outgoing.on('error', reject).end(body);
    });
  return { send, close: () => agent.destroy() };
}

const BOUNDARY = 'touchstone-bench';

/** A form of pictures, as browsers and curl write it. */
function formOf(photos: readonly Buffer[]): Buffer {
  const parts = photos.flatMap((photo, index) => [
    Buffer.from(
      `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="${index}.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`,
    ),
    photo,
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}

/** Checks of an answer that ended with a record. */
const completed = ({ status, body }: Answer): number =>
  status === 200 ? v.parse(CheckList, body).checks.filter(({ state }) => state === 'completed').length : 0;

/** What 64 programs are answered that ask all the time. */
async function manyClients(
  send: ReturnType<typeof createSender>['send'],
  query: string,
  photo: (index: number) => Buffer,
  seconds: number,
): Promise<Measurement[]> {
  const start = performance.now();
  const end = start + seconds * 1000;
  let done = 0;
  let answers = 0;
  let broken = 0;
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      for (let index = client; performance.now() < end; index += CLIENTS) {
        const answer = await send(`${query}&wait=30`, photo(index));
        answers += 1;
        done += completed(answer);
        if (answer.status === 503 && answer.retryAfter !== undefined) await wait(Number(answer.retryAfter) * 1000);
        else if (answer.status >= 500) broken += 1;
      }
    }),
  );
  const perSecond = done / ((performance.now() - start) / 1000);
  return [
    {
      ...level(`HTTP, ${CLIENTS} clients for ${seconds} s: 5xx but 503 with Retry-After`, 'answers', [broken], null),
      n: answers,
      limit: '0',
    },
    level(`HTTP, ${CLIENTS} clients, one picture a call`, 'pictures/s', [perSecond], null),
  ];
}

/** Until each of some checks is accepted, while those before it are judged, by turns with the bare writing of its bytes. */
async function acceptTimes(
  send: ReturnType<typeof createSender>['send'],
  query: string,
  photo: (index: number) => Buffer,
  count: number,
): Promise<Measurement> {
  const times: number[] = [];
  const bare: number[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
  try {
    for (let index = 0; index < count; index += 1) {
      const start = performance.now();
      const { status } = await send(query, photo(index));
      if (status !== 202) throw new Error(`a check was answered ${status}`);
      times.push(performance.now() - start);
      await wait(BETWEEN_MS);
      const beganWriting = performance.now();
      await writeDurably(folder, photo(index));
      bare.push(performance.now() - beganWriting);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  const [p95, bareP95] = [quantile(times, 0.95), quantile(bare, 0.95)];
  const name = 'HTTP, until 202 and on the disk, p95, against one write and sync';
  return { ...level(name, 'ms', [p95], [bareP95]), n: times.length, limit: `<= ${ACCEPT_P95_MS} ms` };
}

/** What keeps bytes over a power cut, and nothing else: a file, its name, and a row. */
async function writeDurably(folder: string, bytes: Buffer): Promise<void> {
  const sync = async (path: string, flags: string, content?: Buffer): Promise<void> => {
    const file = await open(path, flags);
    try {
      if (content) await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  };
  await sync(join(folder, 'file'), 'w', bytes);
  await sync(folder, 'r');
  await sync(join(folder, 'row'), 'a', bytes.subarray(0, 4096));
}

/**
 * The API of programs with durable checks: 64 clients, calls of many pictures against the bare loop by turns, and the time until a check
 * is accepted.
 */
export async function httpApi(
  pack: Pack,
  { rounds, seconds, accepted }: { rounds: number; seconds: number; accepted: number },
): Promise<Measurement[]> {
  const photos = await fullHdPhotos(BATCH);
  const photo = (index: number): Buffer => photos[index % photos.length] ?? Buffer.alloc(0);
  const bare = await openBareWork([pack]);
  const daemon = await startDaemon();
  const { send, close } = createSender(daemon, await daemon.programToken());
  const query = `fresh=true&pack=${encodeURIComponent(pack.manifest.name)}`;
  const form = formOf(photos);
  const sendBatch = async (): Promise<void> => {
    const answer = await send(`${query}&wait=60`, form, {
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    });
    if (completed(answer) !== BATCH) throw new Error(`a call of ${BATCH} pictures was answered ${answer.status}`);
  };
  try {
    await sendBatch();
    const loop: number[] = [];
    const ours: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      loop.push(await rate(1, seconds, (index) => bare.judge(photo(index))));
      ours.push((await rate(BATCHES_AT_ONCE, seconds, sendBatch)) * BATCH);
    }
    const batched = level(`HTTP, ${BATCH} pictures a call, against the bare loop`, 'pictures/s', ours, loop);
    return [
      { ...batched, limit: `>= ${LEAST_SHARE}`, bare: BARE_WORK },
      ...(await manyClients(send, query, photo, seconds * rounds)),
      await acceptTimes(send, query, photo, accepted),
    ];
  } finally {
    close();
    await daemon.stop();
    await bare.close();
  }
}
