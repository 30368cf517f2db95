import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ResultRecord, TouchstoneError } from '@touchstone/shared';
import { ulid } from 'ulid';
import * as v from 'valibot';
import { createResultLog } from '../../src/log/create-result-log.ts';
import { generatedRecord } from '../../src/log/fixtures/generated-records.ts';
import { wellFormed } from '../../src/records/well-formed.ts';
import type { FuzzTarget, SeededRandom } from '../fuzz-target.ts';

/** Records in the log before it is emptied: following the chain must stay cheap. */
const MAX_RECORDS = 200;

/** Inputs between two looks at the whole chain. */
const VERIFY_EVERY = 50;

const ODD: readonly unknown[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -0,
  5e-324,
  2 ** 53,
  8.64e15,
  -1,
  '',
  '\ud800',
  'x\udc00y',
  '\u0000',
  String.raw`\ud800`,
  '"}{',
  null,
  undefined,
  true,
  [],
  {},
  1n,
];

/** `pick` takes no list with `undefined` in it. */
const odd = (random: SeededRandom): unknown => ODD[random.int(ODD.length)];

/** The value with some of its members exchanged, removed or doubled, at any depth. */
function changed(value: unknown, random: SeededRandom): unknown {
  if (random.int(40) === 0) return odd(random);
  if (Array.isArray(value)) {
    const items = value.map((item) => changed(item, random));
    return random.int(20) === 0 ? [...items, ...items] : items;
  }
  if (typeof value === 'string' && random.int(30) === 0)
    return value.slice(0, random.int(value.length + 1)) + odd(random);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, changed(member, random)]));
}

const folder = mkdtempSync(join(tmpdir(), 'touchstone-fuzz-records-'));
const log = createResultLog(join(folder, 'history.sqlite'));
let inputs = 0;

/** Records of any shape through schema, canonical text, append and reading back; the chain stays intact whatever was tried. */
export const target: FuzzTarget = {
  name: 'records',
  async run(random) {
    const at = random.pick([1.7e12, 1.7e12 + random.int(1e9), 0, 4.2e12, 8.64e15, -8.64e15]);
    const given = changed(generatedRecord(random.int(1_000), { id: ulid(Date.UTC(2024, 0)), at }), random);
    const record = v.safeParse(ResultRecord, given);
    if (record.success) {
      const delivered = wellFormed(record.output);
      try {
        log.append(delivered, { thumbnail: random.bytes(random.int(8)) });
      } catch (error) {
        // The same id twice.
        if (!(error instanceof TouchstoneError) || error.code !== 'log-failed') throw error;
        if (log.get(delivered.id) === undefined) throw error;
        return;
      }
      if (JSON.stringify(log.get(delivered.id)?.picture) !== JSON.stringify(delivered.picture)) {
        throw new Error('a record came back as another');
      }
    }
    inputs += 1;
    if (inputs % VERIFY_EVERY !== 0) return;
    const { breaks, records } = await log.verify();
    if (breaks.length > 0 || records !== log.count()) throw new Error(`the chain is broken: ${JSON.stringify(breaks)}`);
    if (log.count() > MAX_RECORDS) await log.deleteFilter({});
  },
  async close() {
    log.close();
    rmSync(folder, { recursive: true, force: true });
  },
};
