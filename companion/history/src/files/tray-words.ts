import type { useI18n } from '../i18n/i18n-context.tsx';
import type { FileEntry } from './file-queue.ts';

/** Files by where they are at. What failed or was cancelled is not done. */
export interface TrayCounts {
  readonly total: number;
  /** Wait, or are being checked. */
  readonly open: number;
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
}

export function trayCounts(entries: readonly Pick<FileEntry, 'state'>[]): TrayCounts {
  const count = (...wanted: readonly FileEntry['state']['status'][]) =>
    entries.filter(({ state }) => wanted.includes(state.status)).length;
  return {
    total: entries.length,
    open: count('waiting', 'checking'),
    done: count('done'),
    failed: count('failed'),
    cancelled: count('cancelled'),
  };
}

/** How far the files are, in words: while some are open and when none is. @param number writes a number as the language does */
export function trayWords(
  t: ReturnType<typeof useI18n>['t'],
  number: (value: number) => string,
  { total, open, done, failed, cancelled }: TrayCounts,
): string {
  return [
    open > 0 ? t('files-progress', { done: number(done), total: number(total) }) : t('files-done', { count: done }),
    ...(failed > 0 ? [t('files-failed', { count: failed })] : []),
    ...(cancelled > 0 ? [t('files-cancelled', { count: cancelled })] : []),
  ].join(' · ');
}
