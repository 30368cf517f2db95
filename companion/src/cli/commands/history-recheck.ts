import { packLabel, type ResultRecord, TouchstoneError, toErrorReport, type VerdictValue } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import { createProgressBar } from '../check/progress-bar.ts';
import { type CompanionLink, needCompanion } from '../link/companion-link.ts';
import { findCandidates } from '../recheck/candidates.ts';
import { comparisonText, type Recheck, recheckLine } from '../recheck/comparison.ts';
import { interruptSignal } from '../terminal/endings.ts';

export interface RecheckCommandOptions {
  readonly pack?: string;
  readonly verdict?: VerdictValue[];
  readonly site?: string;
  readonly search?: string;
  readonly json?: boolean;
}

const EXIT_FAILED = 2;

/** The pack that a person names: of a name alone the version in use, which comes first. */
function packNamed(packs: CompanionLink['status']['packs'], given: string) {
  return packs.find((pack) => packLabel(pack) === given) ?? packs.find(({ name }) => name === given);
}

/** Re-checks under way at once: enough for batches, few beside what a person asks about meanwhile. */
const CONCURRENCY = 2;

async function recheckOne(
  link: CompanionLink,
  before: ResultRecord,
  pack: string | undefined,
  signal: AbortSignal,
): Promise<Recheck> {
  try {
    const params = { id: before.id };
    return { before, after: await link.call(api.records.recheck, { params, body: { pack }, signal }) };
  } catch (error) {
    if (signal.aborted || (error instanceof TouchstoneError && error.code === 'companion-unreachable')) throw error;
    return { before, error: toErrorReport(error) };
  }
}

/**
 * `touchstone history recheck`: runs kept originals under another pack and shows what changed, side by side.
 * @returns exit code, 2 when some could not be checked
 */
export async function recheckHistory(options: RecheckCommandOptions): Promise<number> {
  const { pack: packName, verdict, site, search, json = false } = options;
  const link = await needCompanion();
  const pack = packName === undefined ? undefined : packNamed(link.status.packs, packName);
  if (packName !== undefined && !pack) throw new TouchstoneError('pack-unknown', packName);
  const filter = { ...(verdict && { verdict }), ...(site && { site }), ...(search && { search }) };
  const { records, withoutOriginal, alreadyJudged } = await findCandidates(link, filter, pack);
  if (withoutOriginal > 0) process.stderr.write(`${withoutOriginal} without a kept original are left out.\n`);
  if (alreadyJudged > 0) process.stderr.write(`${alreadyJudged} were judged by this pack already and are left out.\n`);

  const signal = interruptSignal();
  const progress = createProgressBar(process.stderr, records.length);
  const rechecks: Recheck[] = [];
  const waiting = records.values();
  const worker = async (): Promise<void> => {
    for (const before of waiting) {
      const recheck = await recheckOne(link, before, pack && packLabel(pack), signal);
      rechecks.push(recheck);
      if (json) process.stdout.write(`${recheckLine(recheck)}\n`);
      progress.increment();
    }
  };
  try {
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  } catch (error) {
    if (!signal.aborted) throw error;
    process.stderr.write('Stopped. What was checked again is in the history; run the same command to go on.\n');
  } finally {
    progress.stop();
  }
  if (!json) process.stdout.write(comparisonText(rechecks));
  return rechecks.some((one) => 'error' in one) || signal.aborted ? EXIT_FAILED : 0;
}
