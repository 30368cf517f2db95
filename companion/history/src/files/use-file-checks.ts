import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useAnnouncer } from '../ui/announcer.tsx';
import { checkEntry } from './check-entry.ts';
import { type FileEntry, FileQueue } from './file-queue.ts';

/** The queue of local files, told to screen readers as it empties. */
export function useFileChecks() {
  const { t } = useI18n();
  const { say } = useAnnouncer();
  const [entries, setEntries] = useState<readonly FileEntry[]>([]);
  const abort = useRef(new AbortController());
  const queue = useMemo(() => new FileQueue(checkEntry, setEntries, abort.current.signal), []);

  const open = entries.filter(({ state }) => state.status === 'waiting' || state.status === 'checking').length;
  const failed = entries.filter(({ state }) => state.status === 'failed').length;
  const done = entries.filter(({ state }) => state.status === 'done').length;
  const wasOpen = useRef(0);
  useEffect(() => {
    if (wasOpen.current > 0 && open === 0) say(trayWords(t, done, failed));
    wasOpen.current = open;
  }, [open, done, failed, say, t]);

  const add = useCallback((files: readonly File[]) => queue.add(files, t('pasted-name')), [queue, t]);
  return { entries, open, done, failed, queue, add };
}

/** What is done, and what failed, which is not done. */
export function trayWords(t: ReturnType<typeof useI18n>['t'], done: number, failed: number): string {
  const words = t('files-done', { count: done });
  return failed === 0 ? words : `${words}, ${t('files-failed', { count: failed })}`;
}

export type FileChecks = ReturnType<typeof useFileChecks>;
