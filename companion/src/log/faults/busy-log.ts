import { appendFileSync } from 'node:fs';
import { createResultLog } from '../create-result-log.ts';
import { generatedRecord } from '../fixtures/generated-records.ts';

/**
 * A process that works on a log until something kills it: appends, labels, deletes, prunes, exports. What it has promised
 * stands in a file of its own: `+ID` once an append has returned, `-ID` before a deletion begins, `!CODE` for a refusal.
 * Arguments: path of the log, path of the promises, first index of its records.
 */
const [path = '', promises = '', first = '0'] = process.argv.slice(2);
const promise = (line: string): void => appendFileSync(promises, `${line}\n`);
const log = createResultLog(path);
const written: string[] = [];
process.stdout.write('ready\n');

async function step(index: number): Promise<void> {
  const record = generatedRecord(Number(first) + index);
  log.append(record, { thumbnail: new Uint8Array(300).fill(index) });
  promise(`+${record.id}`);
  written.push(record.id);
  if (index % 5 === 0) log.setLabel(record.id, 'fake');
  if (index % 7 === 6) {
    const gone = written.splice(0, 2);
    for (const id of gone) promise(`-${id}`);
    await log.deleteIds(gone);
  }
  if (index % 50 === 49) for (const _ of log.iterate({}));
}

for (let index = 0; index < 2_000; index += 1) {
  try {
    await step(index);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'untyped';
    // The file of promises lies on the same full disk; whoever started this reads the refusal here.
    process.stdout.write(`!${code}\n`);
    break;
  }
}
process.stdout.write('done\n');
