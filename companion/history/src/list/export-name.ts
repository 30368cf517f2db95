import type { ExportRequest } from '@touchstone/shared/api';
import { activeParts, dayOf, type PageFilter } from '../filter/filter-url.ts';

export type ExportFormat = ExportRequest['format'];

/**
 * File name of an export: day, what it is limited to, format. Only letters, digits, dots and hyphens, so that it is a
 * good name on every system whatever site or search it came from.
 */
export function exportName(filter: PageFilter, format: ExportFormat, now: Date, selected = false): string {
  const limits = [filter.site, ...(filter.verdict ?? []), filter.search].map((part) => plain(part ?? ''));
  const named = limits.filter((part) => part !== '');
  const rest = [
    ...(activeParts(filter) > 0 && named.length === 0 ? ['filtered'] : []),
    ...(selected ? ['selection'] : []),
  ];
  return `${['touchstone', dayOf(now), ...named, ...rest].join('-').slice(0, 100)}.${format}`;
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
}
