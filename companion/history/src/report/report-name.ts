import type { Case, ResultRecord } from '@touchstone/shared';
import { dayOf } from '../filter/filter-url.ts';
import { recordName } from '../text/record-name.ts';

/** Longest part of a picture's own name in the name of its report, in characters. */
const MAX_NAME = 60;

/** File name of a report: day of the check, the picture's name in plain letters, the end of its id. */
export function reportName(record: Pick<ResultRecord, 'id' | 'at' | 'source'>, format: 'html' | 'json'): string {
  const plain = plainName(recordName(record.source) ?? '');
  const end = record.id.replace(/[^\w-]/g, '').slice(-6);
  return `${['touchstone-evidence', dayOf(new Date(record.at)), plain, end].filter(Boolean).join('-')}.${format}`;
}

/** File name of a case's report: the case's name in plain letters, the day. */
export function caseReportName({ name }: Pick<Case, 'name'>, now: Date): string {
  return `${['touchstone-case', plainName(name), dayOf(now)].filter(Boolean).join('-')}.html`;
}

function plainName(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_NAME)
    .replace(/^-+|-+$/g, '');
}
