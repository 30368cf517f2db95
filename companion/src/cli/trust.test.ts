import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { jsonLines, runTouchstone, temporaryHome } from './fixtures/run-touchstone.ts';

let home: string;
let dispose: () => Promise<void>;
beforeEach(async () => {
  ({ home, dispose } = await temporaryHome());
});
afterEach(() => dispose());

it('names the lists with date, hash and the file that would replace each', async () => {
  const { code, stdout } = await runTouchstone(['trust', '--json'], { home });
  expect(code).toBe(0);
  const lines = jsonLines(stdout);
  expect(lines).toMatchObject([
    { role: 'signers', name: 'C2PA trust list', own: false, replacement: join(home, 'trust', 'signers.pem') },
    { role: 'timeStamps', own: false },
    { role: 'interim', list: null, replacement: join(home, 'trust', 'interim.pem') },
  ]);
  for (const line of lines.slice(0, 2)) expect(line.sha256).toMatch(/^[0-9a-f]{64}$/);
  const text = (await runTouchstone(['trust'], { home })).stdout;
  expect(text).toContain('C2PA trust list of 20');
  expect(text).toContain(join(home, 'trust', 'signers.pem'));
}, 300_000);

it('says which own list cannot be read, and what to do', async () => {
  await mkdir(join(home, 'trust'));
  await writeFile(join(home, 'trust', 'signers.pem'), 'no certificate');
  const { code, stdout, stderr } = await runTouchstone(['trust'], { home });
  expect(code).toBe(2);
  expect(stdout).toContain('C2PA time stamp trust list');
  expect(stderr).toMatch(/trust list .*cannot be read/);
  expect(stderr).toMatch(/npm run touchstone trust/);
}, 300_000);
