import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Check, CheckList, RecordPage } from '@touchstone/shared/api';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { startTestCompanion } from '../fixtures/test-companion.ts';
import { programOf } from '../fixtures/token-of.ts';

const EXAMPLES = fileURLToPath(new URL('../../../../docs/examples', import.meta.url));

const Control = v.pipe(v.string(), v.parseJson(), v.object({ socket: v.string() }));

/** How each example is run. */
const PROGRAMS = {
  'check.sh': ['bash'],
  'check.py': ['python3'],
  'check.ts': [process.execPath, '--disable-warning=ExperimentalWarning'],
} as const;

/** What an example prints about a picture. */
async function run(name: keyof typeof PROGRAMS, token?: string) {
  const test = await startTestCompanion();
  const program = await programOf(test, 'read', 'check');
  const picture = join(test.home, 'photo.jpg');
  await writeFile(picture, 'picture');
  const { socket } = v.parse(Control, await readFile(join(test.home, 'control.json'), 'utf8'));
  const [command, ...flags] = PROGRAMS[name];
  const { stdout } = await promisify(execFile)(command, [...flags, join(EXAMPLES, name), picture], {
    env: { PATH: process.env.PATH, TOUCHSTONE_SOCKET: socket, TOUCHSTONE_TOKEN: token ?? program.token },
  });
  const { records } = v.parse(RecordPage, (await program.ask('/v1/records')).json());
  return { lines: stdout.trim().split('\n'), record: records[0], total: records.length };
}

it('each example of the folder is run', () => {
  expect(readdirSync(EXAMPLES).toSorted()).toEqual(Object.keys(PROGRAMS).toSorted());
});

it('curl: the check with its record, the check by its address, and a page of records', async () => {
  const { lines, record, total } = await run('check.sh');
  expect([lines.length, total]).toEqual([3, 1]);
  const [first = '', second = '', third = ''] = lines;
  expect(v.parse(CheckList, JSON.parse(first)).checks[0]?.record).toEqual(record);
  expect(v.parse(Check, JSON.parse(second)).record).toEqual(record);
  expect(v.parse(RecordPage, JSON.parse(third)).records).toEqual([{ id: record?.id, verdict: record?.verdict }]);
});

it.each(['check.py', 'check.ts'] as const)('%s: the verdict, and a page of records', async (name) => {
  const { lines, record, total } = await run(name);
  const { value, probability } = record?.verdict ?? {};
  expect([lines, total]).toEqual([[`${value} ${probability?.toFixed(3)}`, `${record?.id} ${value}`], 1]);
});

it.each(Object.keys(PROGRAMS) as (keyof typeof PROGRAMS)[])('%s: ends with the code of a refusal', async (name) => {
  const failed = await run(name, 'tst_wrong').catch((error: unknown) => error);
  const { code, stdout, stderr } = Object(failed) as Record<string, unknown>;
  expect(code).not.toBe(0);
  expect(`${stdout}${stderr}`).toContain('token-wrong');
});
