import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { checkVideo } from '../api/check-video.ts';
import { checkFile } from '../api/companion.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useAnnouncer } from '../ui/announcer.tsx';
import { type Check, type FileEntry, FileQueue } from './file-queue.ts';
import { rememberFile } from './known-files.ts';

const check: Check = async ({ file, name, kind }, onProgress, signal) => {
  if (kind !== 'video') return checkFile(file, name, signal);
  const record = await checkVideo(file, name, { onProgress, signal });
  rememberFile(record.picture.sha256, file);
  return record;
};

/** The queue of local files, told to screen readers as it empties. */
export function useFileChecks() {
  const { t } = useI18n();
  const { say } = useAnnouncer();
  const [entries, setEntries] = useState<readonly FileEntry[]>([]);
  const abort = useRef(new AbortController());
  const queue = useMemo(() => new FileQueue(check, setEntries, abort.current.signal), []);

  const open = entries.filter(({ state }) => state.step === 'waiting' || state.step === 'checking').length;
  const done = entries.length - open;
  const wasOpen = useRef(0);
  useEffect(() => {
    if (wasOpen.current > 0 && open === 0) say(t('filesDone', { count: done }));
    wasOpen.current = open;
  }, [open, done, say, t]);

  const add = useCallback((files: readonly File[]) => queue.add(files, t('pastedName')), [queue, t]);
  return { entries, open, done, queue, add };
}

export type FileChecks = ReturnType<typeof useFileChecks>;
