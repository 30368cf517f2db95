import type { ErrorReport, ResultRecord } from '@touchstone/shared';
import { STEPS, type Step, stepOf } from '@touchstone/shared/present';
import { foreignText, probabilityText, textOf } from '@touchstone/shared/words';
import Table from 'cli-table3';

/** One record checked again, or why it could not be. */
export type Recheck = { readonly before: ResultRecord } & (
  | { readonly after: ResultRecord }
  | { readonly error: ErrorReport }
);

export const changed = (recheck: Recheck): boolean =>
  'after' in recheck && stepIn(recheck.after) !== stepIn(recheck.before);

const stepIn = ({ verdict }: ResultRecord): Step => stepOf(verdict);
const wordsOf = (step: Step): string => textOf('en', `step-${step}`);

/** Changed verdicts shown one by one; the rest is in the history, and in `--json`. */
const MAX_ROWS = 50;

const NAME_WIDTH = 44;

const opinion = ({ verdict, pack }: ResultRecord): string =>
  `${wordsOf(stepOf(verdict))} (${probabilityText(verdict.probability, 'en')})\n${foreignText(pack.name)} ${foreignText(pack.version)}`;

function nameOf({ source, id }: ResultRecord): string {
  const name = foreignText(source.fileName ?? source.pageTitle ?? source.url ?? id);
  return name.length > NAME_WIDTH ? `${name.slice(0, NAME_WIDTH - 1)}…` : name;
}

function emptyTable(head: string[]) {
  return new Table({ head, style: { head: [], border: [] } });
}

/** How often which verdict became which, the rows before and the columns after. */
function countTable(rechecks: readonly Recheck[]): string {
  const table = emptyTable(['before \\ after', ...STEPS.map(wordsOf)]);
  for (const before of STEPS) {
    const counts = STEPS.map(
      (after) =>
        rechecks.filter((one) => 'after' in one && stepIn(one.before) === before && stepIn(one.after) === after).length,
    );
    if (counts.some((count) => count > 0)) table.push([wordsOf(before), ...counts]);
  }
  return table.toString();
}

/** What a re-check changed, side by side. */
export function comparisonText(rechecks: readonly Recheck[]): string {
  const different = rechecks.filter(changed);
  const failed = rechecks.filter((one) => 'error' in one);
  const lines: string[] = [];
  if (rechecks.length > failed.length) lines.push(countTable(rechecks));
  if (different.length > 0) {
    const table = emptyTable(['Picture', 'Before', 'After']);
    for (const one of different.slice(0, MAX_ROWS)) {
      if ('after' in one) table.push([nameOf(one.before), opinion(one.before), opinion(one.after)]);
    }
    lines.push(table.toString());
    if (different.length > MAX_ROWS) lines.push(`... and ${different.length - MAX_ROWS} more.`);
  }
  for (const one of failed) if ('error' in one) lines.push(`${nameOf(one.before)}: ${one.error.message}`);
  lines.push(
    `${rechecks.length - failed.length} checked again, ${different.length} with another verdict${failed.length > 0 ? `, ${failed.length} not checked` : ''}.`,
  );
  return `${lines.join('\n')}\n`;
}

/** One re-check as one line of JSON, without the line break. */
export function recheckLine(recheck: Recheck): string {
  const shown = ({ id, verdict, pack }: ResultRecord) => ({
    id,
    verdict: verdict.value,
    probability: verdict.probability,
    confidence: verdict.confidence,
    leaning: verdict.leaning,
    step: stepOf(verdict),
    pack: { name: pack.name, version: pack.version },
  });
  const before = shown(recheck.before);
  if ('error' in recheck) {
    const { code, message, nextStep } = recheck.error;
    return JSON.stringify({ before, error: { code, message, nextStep } });
  }
  return JSON.stringify({ before, after: shown(recheck.after), changed: changed(recheck) });
}
