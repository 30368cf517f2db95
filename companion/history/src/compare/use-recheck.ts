import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ResultRecord } from '@touchstone/shared';
import type { VideoProgress } from '@touchstone/shared/api';
import { useRef, useState } from 'react';
import { keys } from '../api/query-keys.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useAnnouncer } from '../ui/announcer.tsx';
import { type SecondCheck, secondCheck } from './second-check.ts';

/** Runs a second check of one record; closing ends it. */
export function useRecheck(record: ResultRecord) {
  const { t } = useI18n();
  const { say } = useAnnouncer();
  const client = useQueryClient();
  const [progress, setProgress] = useState<VideoProgress>();
  const abort = useRef(new AbortController());
  const { mutate, data, error, isPending, reset } = useMutation({
    mutationFn: async (wanted: SecondCheck) => {
      abort.current = new AbortController();
      setProgress(undefined);
      return secondCheck(record, wanted, { signal: abort.current.signal, onProgress: setProgress });
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
