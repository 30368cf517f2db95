import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ResultRecord } from '@touchstone/shared';
import type { VideoProgress } from '@touchstone/shared/api';
import { useRef, useState } from 'react';
import { checkVideo } from '../api/check-video.ts';
import { recheckRecord } from '../api/evidence.ts';
import { keys } from '../api/query-keys.ts';
import { rememberFile, stillThere } from '../files/known-files.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useAnnouncer } from '../ui/announcer.tsx';

/** What a second check needs: the pack, and for a video its file, since videos are never kept. */
export interface SecondCheck {
  readonly pack: string;
  readonly file?: File;
}

/** Runs a second check of one record; closing ends it. */
export function useRecheck(record: ResultRecord) {
  const { t } = useI18n();
  const { say } = useAnnouncer();
  const client = useQueryClient();
  const [progress, setProgress] = useState<VideoProgress>();
  const abort = useRef(new AbortController());
  const { mutate, data, error, isPending, reset } = useMutation({
    mutationFn: async ({ pack, file }: SecondCheck) => {
      abort.current = new AbortController();
      const { signal } = abort.current;
      setProgress(undefined);
      if (!file) return recheckRecord(record.id, pack, signal);
      await stillThere(record.picture.sha256, file);
      const again = await checkVideo(file, file.name, { onProgress: setProgress, pack, recheckOf: record.id, signal });
      rememberFile(again.picture.sha256, file);
      return again;
    },
    onSuccess: (again) => {
      client.setQueryData(keys.record(again.id), again);
      say(t('recheck-done'));
    },
  });
  const end = () => {
    abort.current.abort();
    reset();
  };
  return { run: mutate, again: data, error, isPending, progress, end };
}
