import type { HistoryFilter, ResultRecord } from '@touchstone/shared';
import { stepOf } from '@touchstone/shared/present';
import { siteOf } from '../text/safe-link.ts';

/**
 * Whether a record that just arrived belongs in the list in view. Follows the log's query: prefix match of every search
 * word in address, title and file name, without regard to case and accents.
 */
export function matchesFilter(record: ResultRecord, filter: HistoryFilter): boolean {
  const { content, case: caseId, tag, step, verdict, kind, label, site, pack, from, to, search } = filter;
  if (content && record.picture.sha256 !== content) return false;
  if (caseId !== undefined && !record.cases?.some(({ id }) => id === caseId)) return false;
  if (tag && !record.tags?.some((one) => tag.includes(one))) return false;
  if (step && !step.includes(stepOf(record.verdict))) return false;
  if (verdict && !verdict.includes(record.verdict.value)) return false;
  if (kind && !kind.includes(record.source.kind)) return false;
  if (label && !label.includes(record.label ?? 'none')) return false;
  if (site && siteOf(record.source.pageUrl) !== site) return false;
  if (pack && `${record.pack.name}@${record.pack.version}` !== pack) return false;
  if (from !== undefined && record.at < from) return false;
  if (to !== undefined && record.at >= to) return false;
  return !search || matchesSearch(record, search);
}

function matchesSearch({ source }: ResultRecord, search: string): boolean {
  const words = wordsOf([source.url, source.pageUrl, source.pageTitle, source.fileName].join(' '));
  return wordsOf(search).every((wanted) => words.some((word) => word.startsWith(wanted)));
}

function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
