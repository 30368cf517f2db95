import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import sharp from 'sharp';
import { expect, it, onTestFinished } from 'vitest';
import { captureOf, enter, type Pairing, pairWith } from '../gateway/fixtures/stream-client.ts';
import { send, temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { createResultLog } from '../log/create-result-log.ts';
import { readControlFile } from './control-file.ts';

/** In `npm run test:long` 20 kills over 1,000 captures. */
const KILLS = Number(process.env.TOUCHSTONE_KILLS ?? 5);
const CAPTURES = Number(process.env.TOUCHSTONE_CAPTURES ?? 100);

/** Side of the generated pictures, in pixels: small, so that the time goes into starting and dying. */
const SIDE = 64;

async function spawnCompanion(program: string, home: string): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, program)], {
    env: { ...process.env, TOUCHSTONE_HOME: home, TOUCHSTONE_PORT: '0', TOUCHSTONE_PROVIDER: 'cpu' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, port: (JSON.parse(line) as { port: number }).port };
  }
  throw new Error('the companion ended without a word');
}

function picture(index: number): Promise<Uint8Array<ArrayBuffer>> {
  const pixels = new Uint8Array(SIDE * SIDE * 3).map(
    (_, at) => ((at * (31 + (index >> 8))) ^ (index * 131 + (at >> 5))) & 255,
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

/**
 * Streams waiting captures, a few at a time, until none waits or the companion is killed in the middle.
 * @param waiting indexes of captures; those answered are taken out
 * @returns ids of delivered records
 */
async function streamUntilKilled(
  { child, port }: { child: ChildProcess; port: number },
  pairing: Pairing,
  waiting: Set<number>,
  killAfter: number,
): Promise<string[]> {
  const client = await enter(port, pairing);
  const queue = [...waiting];
  const delivered: string[] = [];
  const over = Promise.withResolvers<void>();
  const sendNext = async (): Promise<void> => {
    const index = queue.shift();
    if (index === undefined) return;
    const bytes = await picture(index);
    if (client.socket.readyState === client.socket.OPEN) client.send({ ...captureOf(index + 1, bytes), lane: 'bulk' });
  };
  client.socket.on('message', () => {
    const message = client.received.at(-1);
    if (message?.type === 'error') over.reject(new Error(message.error.code));
    if (message?.type !== 'result') return;
    delivered.push(message.record.id);
    waiting.delete(message.id - 1);
    // A few milliseconds later than the answer, at any point of the next one's way.
    if (delivered.length === killAfter) setTimeout(() => child.kill('SIGKILL'), Math.random() * 25);
    if (waiting.size === 0) over.resolve();
    void sendNext();
  });
  void client.closed.then(() => over.resolve());
  if (waiting.size === 0) over.resolve();
  await Promise.all(Array.from({ length: 6 }, sendNext));
  await over.promise;
  return delivered;
}

it.each([
  // Everything but the model, so that there is time for many captures and many deaths.
  { program: 'fixtures/quick-companion.ts', captures: CAPTURES, kills: KILLS },
  // The real thing, with the packs that come along.
  { program: 'main.ts', captures: 30, kills: 3 },
])(
  'loses nothing that was delivered: $captures captures, $kills kills of $program',
  async (run) => {
    const { program, captures, kills } = run;
    const home = await temporaryFolder();
    const waiting = new Set(Array.from({ length: captures }, (_, index) => index));
    const delivered = new Set<string>();
    let pairing: Pairing | undefined;
    let running: ChildProcess | undefined;
    onTestFinished(() => void running?.kill('SIGKILL'));

    for (let round = 0; round <= kills; round += 1) {
      const companion = await spawnCompanion(program, home);
      running = companion.child;
      const exited = new Promise((resolve) => companion.child.once('exit', resolve));
      pairing ??= await pairOnce(home, companion.port);
      const killAfter =
        round === kills ? Number.POSITIVE_INFINITY : Math.ceil((Math.random() * 0.8 * captures) / (kills + 1));
      for (const id of await streamUntilKilled(companion, pairing, waiting, killAfter)) delivered.add(id);
      companion.child.kill('SIGKILL');
      await exited;
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
    expect(delivered.size).toBe(captures);
    // A kill never falls between a record and its link.
    const log = createResultLog(join(home, 'history.sqlite'));
    onTestFinished(() => log.close());
    expect(await log.verify()).toMatchObject({ intact: true, records: logged.size, breaks: [] });
  },
  600_000,
);
