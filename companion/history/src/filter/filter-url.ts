import { CAPTURE_KINDS, HistoryFilter, LABELS, MAX_FILTER_TAGS, Tag, VERDICT_VALUES } from '@touchstone/shared';
import { STEPS } from '@touchstone/shared/present';
import * as v from 'valibot';

export const LABEL_CHOICES = [...LABELS, 'none'] as const;

const CONTENT = /^[0-9a-f]{64}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MAX_SEARCH_LENGTH = 200;

/**
 * The filter as the page holds it: what HistoryFilter says, but with whole days of the reader's own time zone
 * (`YYYY-MM-DD`, both inclusive), so that a kept address means the same days tomorrow.
 */
export interface PageFilter extends Omit<HistoryFilter, 'from' | 'to' | 'minProbability' | 'maxProbability'> {
  readonly fromDay?: string;
  readonly toDay?: string;
}

/** Reads the filter from the address. What is not valid is left out, never an error: addresses are typed by people. */
export function filterFromUrl(search: string): PageFilter {
  const params = new URLSearchParams(search);
  const some = <T extends string>(name: string, allowed: readonly T[]): T[] | undefined => {
    const chosen = allowed.filter((value) => params.getAll(name).includes(value));
    return chosen.length > 0 ? chosen : undefined;
  };
  const text = (name: string, maxLength: number) => params.get(name)?.slice(0, maxLength) || undefined;
  const tags = params.getAll('tag').filter((tag) => v.is(Tag, tag));
  const day = (name: string) => {
    const value = params.get(name) ?? '';
    return DAY.test(value) && !Number.isNaN(startOfDay(value)) ? value : undefined;
  };
  return withoutUndefined({
    step: some('step', STEPS),
    verdict: some('verdict', VERDICT_VALUES),
    kind: some('kind', CAPTURE_KINDS),
    label: some('label', LABEL_CHOICES),
    content: CONTENT.test(params.get('content') ?? '') ? (params.get('content') ?? undefined) : undefined,
    case: text('case', 64),
    tag: tags.length > 0 ? [...new Set(tags)].slice(0, MAX_FILTER_TAGS) : undefined,
    site: text('site', 255),
    pack: text('pack', 128),
    fromDay: day('from'),
    toDay: day('to'),
    search: text('q', MAX_SEARCH_LENGTH),
  });
}

/** The query of an address (without "?") that `filterFromUrl` reads back. */
export function filterToUrl(filter: PageFilter): string {
  const params = new URLSearchParams();
  for (const name of ['step', 'verdict', 'kind', 'label', 'tag'] as const) {
    for (const value of filter[name] ?? []) params.append(name, value);
  }
  const single = {
    content: filter.content,
    case: filter.case,
    site: filter.site,
    pack: filter.pack,
    from: filter.fromDay,
    to: filter.toDay,
    q: filter.search,
  };
  for (const [name, value] of Object.entries(single)) if (value) params.set(name, value);
  return params.toString();
}

/** The filter as the companion takes it: days become moments, `to` is exclusive. */
export function toHistoryFilter(filter: PageFilter): HistoryFilter {
  const { fromDay, toDay, search, ...same } = filter;
  return v.parse(
    HistoryFilter,
    withoutUndefined({
      ...same,
      search: search?.trim() || undefined,
      from: fromDay === undefined ? undefined : startOfDay(fromDay),
      to: toDay === undefined ? undefined : startOfDay(toDay, 1),
    }),
  );
}

/** How many of the filter's parts are set. */
export function activeParts(filter: PageFilter): number {
  const { fromDay, toDay, ...rest } = filter;
  const set = Object.values(rest).filter((value) => value !== undefined && value.length > 0).length;
  return set + (fromDay || toDay ? 1 : 0);
}

/** `YYYY-MM-DD` of a moment in the reader's time zone. */
export function dayOf(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function startOfDay(day: string, plusDays = 0): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const start = new Date(year, month - 1, date + plusDays);
  return plusDays === 0 && dayOf(start) !== day ? Number.NaN : start.getTime();
}

export function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
