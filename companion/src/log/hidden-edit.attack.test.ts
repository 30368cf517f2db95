import { copyFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import type { DamageNote } from './damage-note.ts';
import { temporaryLog } from './fixtures/temporary-log.ts';
import { digestOf, linkHash } from './hash-chain.ts';

const quoted = (bytes: Uint8Array): string => `x'${Buffer.from(bytes).toString('hex')}'`;

function noteOf(change: Partial<DamageNote>): string {
  const note: DamageNote = {
    kind: 'damage',
    at: 1_700_000_000_000,
    cause: 'database disk image is malformed',
    withoutRecord: [],
    withoutLink: [],
    altered: 0,
    chainedAnew: 0,
    counted: true,
    ...change,
  };
  return canonicalJson(note);
}

/** A note with a link of its own at the end of the chain, as the log itself would write it. */
function chained(head: string | null, link: number, text: string): string {
  const digest = digestOf(text);
  const hash = linkHash(Buffer.from(head ?? '', 'hex'), digest);
  return `INSERT INTO chain VALUES (${link}, NULL, ${quoted(digest)}, ${quoted(hash)});
    INSERT INTO damages VALUES (${link}, '${text}');`;
}

describe('attack: hide what was done to the log behind a damage that never was', () => {
  it('hide a deletion behind a note that says nothing was lost', async () => {
    const { log, forge, id } = await temporaryLog(10);
    const { head } = await log.verify();
    forge(`PRAGMA foreign_keys = ON; UPDATE chain SET number = NULL WHERE link = 5; DELETE FROM records WHERE id = '${id(4)}';
      ${chained(head, 11, noteOf({ withoutRecord: [[5, 5]] }))}`);
    expect(await log.verify()).toMatchObject({ intact: false, damages: [{ at: 1_700_000_000_000, lost: 1 }] });
  });

  it('hide a removed link behind a note', async () => {
    const { log, forge, id } = await temporaryLog(10);
    const { head } = await log.verify();
    forge(`PRAGMA foreign_keys = ON; DELETE FROM chain WHERE link = 5; DELETE FROM records WHERE id = '${id(4)}';
      ${chained(head, 11, noteOf({ withoutLink: [[5, 5]] }))}`);
    expect(await log.verify()).toMatchObject({ intact: false, breaks: [], damages: [{ lost: 1 }] });
  });

  it('hide an edited record behind a note that names it as lost', async () => {
    const { log, forge, id } = await temporaryLog(10);
    const { head } = await log.verify();
    forge(`UPDATE bodies SET body = replace(body, '"provider":"cpu"', '"provider":"gpu"')
        WHERE number = (SELECT number FROM records WHERE id = '${id(4)}');
      ${chained(head, 11, noteOf({ withoutRecord: [[5, 5]] }))}`);
    expect(await log.verify()).toMatchObject({ intact: false, breaks: [{ id: id(4), problem: 'edited' }] });
  });

  it('plant a note without a link of the chain', async () => {
    const { log, forge, id } = await temporaryLog(10);
    forge(`PRAGMA foreign_keys = ON; DELETE FROM chain WHERE link = 5; DELETE FROM records WHERE id = '${id(4)}';
      INSERT INTO damages VALUES (11, '${noteOf({ withoutLink: [[5, 5]] })}')`);
    const { intact, breaks } = await log.verify();
    expect(intact).toBe(false);
    expect(breaks).toContainEqual({ id: 'link 5', problem: 'missing' });
    expect(breaks).toContainEqual({ id: 'damage note 11', problem: 'missing' });
  });

  it('rewrite a note to lose more than it said', async () => {
    const { log, forge } = await temporaryLog(10);
    const { head } = await log.verify();
    forge(chained(head, 11, noteOf({ withoutRecord: [[5, 5]] })));
    forge(`UPDATE damages SET body = '${noteOf({ withoutRecord: [[1, 10]] })}'`);
    const { intact, breaks } = await log.verify();
    expect([intact, breaks[0]?.problem]).toEqual([false, 'edited']);
  });

  it('take a note away again, with its link or without', async () => {
    const { log, forge } = await temporaryLog(10);
    const { head } = await log.verify();
    forge(chained(head, 11, noteOf({})));
    const { head: noted } = await log.verify();
    forge('DELETE FROM damages; DELETE FROM chain WHERE link = 11');
    expect(await log.verify({ notedHead: noted ?? '' })).toMatchObject({ intact: false, notedHeadFound: false });
  });

  it('keep verification busy for ever with a note of endless ranges', async () => {
    const { log, forge, id } = await temporaryLog(3);
    const { head } = await log.verify();
    const text = noteOf({ withoutLink: [[4, 2 ** 52]] });
    forge(`${chained(head, 2 ** 52 + 1, text)}`);
    expect(id(0)).not.toBe('');
    expect(await log.verify()).toMatchObject({ intact: false, damages: [{ lost: 2 ** 52 - 3 }] });
  });
});

describe('attack: bring back an earlier state', () => {
  it('replay an old database file under the same name', async () => {
    const { log, path, reopen, records } = await temporaryLog(10);
    log.close();
    copyFileSync(path, `${path}.old`);
    const later = reopen();
    await later.deleteIds([records[0]?.id ?? '']);
    const { head } = await later.verify();
    later.append({ ...records[0], id: 'later' } as (typeof records)[number], {});
    const { head: newest } = await later.verify();
    later.close();
    copyFileSync(`${path}.old`, path);
    expect(await reopen().verify({ notedHead: newest ?? '' })).toMatchObject({ intact: false, notedHeadFound: false });
    expect(head).not.toBe(newest);
  });
});

describe('attack: lock a person out of the history with words that mislead', () => {
  it('leave a history of a newer Touchstone', async () => {
    const { forge, log, reopen } = await temporaryLog(1);
    log.close();
    forge('PRAGMA user_version = 99');
    expect(() => reopen()).toThrow(expect.objectContaining({ code: 'log-newer' }));
  });

  it('hold the lock of the file', async () => {
    const { log, path, id } = await temporaryLog(1);
    const other = new DatabaseSync(path);
    onTestFinished(() => other.close());
    other.exec('BEGIN IMMEDIATE');
    expect(() => log.setLabel(id(0), 'fake')).toThrow(expect.objectContaining({ code: 'log-locked' }));
    other.exec('ROLLBACK');
    expect(log.setLabel(id(0), 'fake')).toBe(true);
  });
});
