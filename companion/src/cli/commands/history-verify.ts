import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ChainProblem, type ChainVerification, entryOf, TouchstoneError } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import type { FolderLock } from '../../daemon/folder-lock.ts';
import { openHistory } from '../../log/create-result-log.ts';
import { dataFolder } from '../../settings/data-folder.ts';
import type { History } from '../../store/record-store.ts';
import { companionOrFolder } from '../link/companion-or-folder.ts';
import { interruptSignal } from '../terminal/endings.ts';

export interface VerifyCommandOptions {
  /** Hash that an earlier verification printed. */
  readonly head?: string;
  readonly json?: boolean;
}

const EXIT_NOT_INTACT = 1;

const SHA256 = /^[0-9a-f]{64}$/i;

const WORDS: Readonly<Record<ChainProblem, string>> = {
  edited: 'changed after it was written, or the one before it was',
  missing: 'removed without a trace that Touchstone would leave',
  reordered: 'not in the place where it was written',
  unreadable: 'no longer readable',
};

/** Opening mends and renews, so it is done while nobody else can; a companion may start beside the reading. */
function openLog(path: string, lock: FolderLock): History {
  try {
    return openHistory(path).history;
  } finally {
    lock.release();
  }
}

/** Asks the running companion; without one this process reads the log itself. */
async function verification(head: string | undefined, signal: AbortSignal): Promise<ChainVerification> {
  const path = join(dataFolder(), 'history.sqlite');
  if (!existsSync(path)) throw new TouchstoneError('not-found', `there is no history in ${dataFolder()}`);
  const place = await companionOrFolder(signal);
  if ('link' in place) {
    return place.link.call(api.history.verify, { body: { head }, signal });
  }
  const log = openLog(path, place.lock);
  try {
    return await log.verify({ notedHead: head, signal });
  } finally {
    await log.close();
  }
}

type Damage = ChainVerification['damages'][number];

function damageText({ at, lost, altered, chainedAnew }: Damage): string {
  const gone = lost === null ? 'nobody can tell how many records were lost' : `${lost} records lost`;
  return [
    `  damage to the file, noticed ${new Date(at).toISOString()}: ${gone}`,
    ...(altered > 0 ? [`${altered} of them were no longer what had been written`] : []),
    ...(chainedAnew > 0 ? [`${chainedAnew} records were saved without their place in the chain`] : []),
  ].join('; ');
}

/** Damage is no tampering: only what `breaks` names was changed behind Touchstone's back. */
function stateOf({ intact, damages, breaks, notedHeadFound }: ChainVerification): string {
  if (intact) return 'The log is intact';
  if (breaks.length > 0 || notedHeadFound === false) return 'The log is NOT intact';
  const lost = damages.some((damage) => damage.lost === null)
    ? 'an unknown number of'
    : damages.reduce((sum, damage) => sum + (damage.lost ?? 0), 0);
  return `The log is damaged, ${lost} records lost; nothing else was changed`;
}

function textOf(outcome: ChainVerification): string {
  const { records, heldBack, tombstones, unchained, head, notedHeadFound, damages, breaks } = outcome;
  const counts = [
    `${records} records`,
    ...(heldBack > 0 ? [`${heldBack} deleted a moment ago, which can still be taken back`] : []),
    `${tombstones} deleted by Touchstone`,
    ...(unchained > 0 ? [`${unchained} from before the chain began, which it does not cover`] : []),
  ];
  const lines = [
    `${stateOf(outcome)}: ${counts.join(', ')}.`,
    ...damages.map(damageText),
    ...breaks.map(({ id, problem }) => `  ${foreignText(id)}: ${entryOf(WORDS, problem) ?? foreignText(problem)}`),
    ...(notedHeadFound === false
      ? ['  The head you gave is not in the log: its end was cut off, or it is another log.']
      : []),
    ...(notedHeadFound === true ? ['The head you gave is in the log: nothing up to it has changed.'] : []),
    head === null
      ? 'There is no head yet: nothing was recorded.'
      : `Head: ${head}\nNote it down elsewhere; "history verify --head HASH" then also notices a log that was cut short or written anew.`,
  ];
  return `${lines.join('\n')}\n`;
}

/** `touchstone history verify`: follows the hash chain. @returns exit code, 1 when the log is not intact */
export async function verifyHistory({ head, json = false }: VerifyCommandOptions): Promise<number> {
  if (head !== undefined && !SHA256.test(head)) {
    throw new TouchstoneError('bad-request', 'a head has 64 hexadecimal digits, as "history verify" prints it');
  }
  const outcome = await verification(head, interruptSignal());
  process.stdout.write(json ? `${JSON.stringify(outcome)}\n` : textOf(outcome));
  return outcome.intact ? 0 : EXIT_NOT_INTACT;
}
