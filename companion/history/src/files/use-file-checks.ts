import { numberFormat } from '@touchstone/shared/words';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useAnnouncer } from '../ui/announcer.tsx';
import { checkEntry } from './check-entry.ts';
import { type FileEntry, FileQueue } from './file-queue.ts';
import { trayCounts, trayWords } from './tray-words.ts';

/** The queue of local files, told to screen readers as it empties. */
export function useFileChecks() {
  const { t, locale } = useI18n();
  const { say } = useAnnouncer();
  const [entries, setEntries] = useState<readonly FileEntry[]>([]);
  const abort = useRef(new AbortController());
  const queue = useMemo(() => new FileQueue(checkEntry, setEntries, abort.current.signal), []);

  const counts = useMemo(() => trayCounts(entries), [entries]);
  const words = trayWords(t, numberFormat(locale).format, counts);
  const wasOpen = useRef(0);
  useEffect(() => {
    if (wasOpen.current > 0 && counts.open === 0) say(words);
    wasOpen.current = counts.open;
  }, [counts, words, say]);

  const add = useCallback((files: readonly File[]) => queue.add(files, t('pasted-name')), [queue, t]);
  return { entries, counts, words, queue, add };
}

export type FileChecks = ReturnType<typeof useFileChecks>;
