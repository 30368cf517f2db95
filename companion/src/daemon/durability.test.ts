import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import sharp from 'sharp';
import { expect, it, onTestFinished } from 'vitest';
import { captureOf, enter, type Pairing, pairWith } from '../gateway/fixtures/stream-client.ts';
import { send, temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { readControlFile } from './control-file.ts';

const CAPTURES = 1_000;
const KILLS = 20;

/** Side of the generated pictures, in pixels: small, so that the time goes into starting and dying. */
const SIDE = 64;

/** The real companion as a program of its own, with the real packs. */
async function spawnCompanion(home: string): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'main.ts')],
    {
      env: { ...process.env, TOUCHSTONE_HOME: home, TOUCHSTONE_PORT: '0', TOUCHSTONE_PROVIDER: 'cpu' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, port: (JSON.parse(line) as { port: number }).port };
  }
  throw new Error('the companion ended without a word');
}

function picture(index: number): Promise<Uint8Array<ArrayBuffer>> {
  const pixels = Buffer.from(
    { length: SIDE * SIDE * 3 },
    (_, at: number) => ((at * 31) ^ (index * 131 + (at >> 5))) & 255,
  );
  return sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 3 } })
    .jpeg()
    .toBuffer()
    .then((bytes) => new Uint8Array(bytes));
}

async function pairOnce(home: string, port: number): Promise<Pairing> {
  const control = await readControlFile(home);
  const headers = { authorization: `Bearer ${control?.token}` };
  const answer = await send(port, '/api/pairing', { method: 'POST', headers });
  return pairWith(port, (answer.json() as { code: string }).code);
}

/** Streams captures, a few at a time, and kills the companion in the middle. @returns ids of delivered records */
async function streamUntilKilled(
  { child, port }: { child: ChildProcess; port: number },
  pairing: Pairing,
  [from, to]: [number, number],
  killAfter: number,
): Promise<string[]> {
  const client = await enter(port, pairing);
  let next = from;
  const sendNext = async (): Promise<void> => {
    const index = next;
    next += 1;
    if (index >= to) return;
    const bytes = await picture(index);
    if (client.socket.readyState === client.socket.OPEN) client.send(captureOf(index + 1, bytes));
  };
  const delivered: string[] = [];
  const over = Promise.withResolvers<void>();
  client.socket.on('message', () => {
    const message = client.received.at(-1);
    if (message?.type !== 'result' && message?.type !== 'error') return;
    if (message.type === 'result') delivered.push(message.record.id);
    // A few milliseconds later than the answer, at any point of the next one's way.
    if (delivered.length === killAfter) setTimeout(() => child.kill('SIGKILL'), Math.random() * 25);
    if (delivered.length === to - from) over.resolve();
    void sendNext();
  });
  void client.closed.then(() => over.resolve());
  await Promise.all(Array.from({ length: 6 }, sendNext));
  await over.promise;
  return delivered;
}

it('loses nothing that was delivered, however often it is killed', async () => {
  const home = await temporaryFolder();
  const delivered = new Set<string>();
  const share = Math.ceil(CAPTURES / (KILLS + 1));
  let pairing: Pairing | undefined;
  let running: ChildProcess | undefined;
  onTestFinished(() => void running?.kill('SIGKILL'));

  for (let round = 0; round <= KILLS; round += 1) {
    const companion = await spawnCompanion(home);
    running = companion.child;
    pairing ??= await pairOnce(home, companion.port);
    const range: [number, number] = [round * share, Math.min(CAPTURES, (round + 1) * share)];
    const killAfter = round === KILLS ? Number.POSITIVE_INFINITY : Math.ceil(Math.random() * (share - 8));
    for (const id of await streamUntilKilled(companion, pairing, range, killAfter)) delivered.add(id);
    const exited = new Promise((resolve) => companion.child.once('exit', resolve));
    if (companion.child.exitCode === null && companion.child.signalCode === null) {
      companion.child.kill('SIGKILL');
      await exited;
    }
  }

  const database = new DatabaseSync(join(home, 'history.sqlite'));
  onTestFinished(() => database.close());
  expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  // Throws when the full-text index does not agree with the records.
  database.exec("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)");
  const logged = new Set(
    database
      .prepare('SELECT id FROM records')
      .all()
      .map((row) => row.id),
  );
  expect([...delivered].filter((id) => !logged.has(id))).toEqual([]);
  expect(delivered.size).toBeGreaterThan(KILLS);
  console.log(`${delivered.size} delivered, ${logged.size} in the log, none lost in ${KILLS} kills`);
}, 600_000);
