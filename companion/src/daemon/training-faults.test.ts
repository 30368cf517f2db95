import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { startTestCompanion, temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { createStandInLooker, pictureText, SHIPPED, type StandInLooker } from '../training/fixtures/stand-in-looker.ts';

const PROGRAM = fileURLToPath(new URL('./fixtures/teaching-companion.ts', import.meta.url));
const PICTURES = 40;
const TEST_MS = 240_000;

let looker: StandInLooker;
beforeAll(async () => {
  looker = await createStandInLooker();
});

async function homeWithPictures(): Promise<string> {
  const home = await temporaryFolder();
  for (const truth of ['ai', 'real'] as const) {
    await mkdir(join(home, 'pictures', truth), { recursive: true });
    for (let index = 0; index < PICTURES; index += 1) {
      await writeFile(join(home, 'pictures', truth, `${index}.jpg`), pictureText(truth, index));
    }
  }
  return home;
}

/** Starts a companion and kills it as soon as it says this. */
async function killAt(home: string, words: string): Promise<void> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM], {
    env: { ...process.env, TOUCHSTONE_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const gone = once(child, 'exit');
  let heard = false;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line !== words) continue;
    heard = true;
    child.kill('SIGKILL');
    break;
  }
  await gone;
  expect(heard, words).toBe(true);
}

/** Lets a training end in a companion that nobody kills. @returns its outcome, and what it says of every picture */
async function finish(home: string) {
  const test = await startTestCompanion({ home, looker, packFolders: [SHIPPED, join(home, 'packs')] });
  const { trainings } = test.companion;
  const state = () => trainings.trainings()[0]?.state;
  await expect.poll(state, { timeout: TEST_MS }).toBe('completed');
  const { id = '', pack } = trainings.trainings()[0] ?? {};
  return { pack, result: await trainings.result(id), predictions: await trainings.predictions(id, {}) };
}

it(
  'a training that is killed in every stage ends as one that nobody touched, with one pack',
  async () => {
    const home = await homeWithPictures();
    for (const stage of ['dataset embedding', 'training loading', 'training training', 'training evaluating']) {
      await killAt(home, stage);
    }
    const killed = await finish(home);
    expect(killed.pack).toBe('mine@1');
    expect((await readdir(join(home, 'packs'))).filter((name) => name.startsWith('mine'))).toEqual(['mine@1']);

    const untouched = await homeWithPictures();
    const test = await startTestCompanion({
      home: untouched,
      looker,
      packFolders: [SHIPPED, join(untouched, 'packs')],
    });
    const { status, json } = await test.control('/api/teach/datasets/folder', {
      method: 'POST',
      body: JSON.stringify({ path: join(untouched, 'pictures') }),
    });
    expect(status).toBe(202);
    const { id: dataset } = json() as { id: string };
    await test.control('/api/teach/trainings', { method: 'POST', body: JSON.stringify({ dataset }) });
    await test.companion.stop();
    const other = await finish(untouched);
    expect(killed.predictions).toEqual(other.predictions);
    expect({ ...killed.result, training: '' }).toEqual({ ...other.result, training: '' });
  },
  TEST_MS,
);
