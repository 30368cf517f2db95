import { type ErrorReport, type ResultRecord, VERDICT_VALUES, VERDICT_WORDS } from '@touchstone/shared';
import { foreignText, probabilityText } from '@touchstone/shared/words';
import Table from 'cli-table3';

/** One record checked again, or why it could not be. */
export type Recheck = { readonly before: ResultRecord } & (
  | { readonly after: ResultRecord }
  | { readonly error: ErrorReport }
);

export const changed = (recheck: Recheck): boolean =>
  'after' in recheck && recheck.after.verdict.value !== recheck.before.verdict.value;

/** Changed verdicts shown one by one; the rest is in the history, and in `--json`. */
const MAX_ROWS = 50;

const NAME_WIDTH = 44;

const opinion = ({ verdict, pack }: ResultRecord): string =>
  `${VERDICT_WORDS[verdict.value]} (${probabilityText(verdict.probability, 'en')})\n${foreignText(pack.name)} ${foreignText(pack.version)}`;

function nameOf({ source, id }: ResultRecord): string {
  const name = foreignText(source.fileName ?? source.pageTitle ?? source.url ?? id);
  return name.length > NAME_WIDTH ? `${name.slice(0, NAME_WIDTH - 1)}…` : name;
}

function emptyTable(head: string[]) {
  return new Table({ head, style: { head: [], border: [] } });
}

/** How often which verdict became which, the rows before and the columns after. */
function countTable(rechecks: readonly Recheck[]): string {
  const table = emptyTable(['before \\ after', ...VERDICT_VALUES.map((value) => VERDICT_WORDS[value])]);
  for (const before of VERDICT_VALUES) {
    const counts = VERDICT_VALUES.map(
      (after) =>
        rechecks.filter(
          (one) => 'after' in one && one.before.verdict.value === before && one.after.verdict.value === after,
        ).length,
    );
    if (counts.some((count) => count > 0)) table.push([VERDICT_WORDS[before], ...counts]);
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
    pack: { name: pack.name, version: pack.version },
  });
  const before = shown(recheck.before);
  if ('error' in recheck) {
    const { code, message, nextStep } = recheck.error;
    return JSON.stringify({ before, error: { code, message, nextStep } });
  }
  return JSON.stringify({ before, after: shown(recheck.after), changed: changed(recheck) });
}
