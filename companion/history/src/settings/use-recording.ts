import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toErrorReport } from '@touchstone/shared';
import { changeSettings, fetchStatus } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { errorSentences } from '../i18n/sentences.ts';
import { useAnnouncer } from '../ui/announcer.tsx';

/** Whether results are kept, and the switch for it. */
export function useRecording() {
  const { t, language } = useI18n();
  const { say, show } = useAnnouncer();
  const client = useQueryClient();
  const status = useQuery({ queryKey: keys.status, queryFn: ({ signal }) => fetchStatus(signal) });
  const { mutate } = useMutation({
    mutationFn: (paused: boolean) => changeSettings({ recordingPaused: paused }),
    onSuccess: async (settings) => {
      client.setQueryData(keys.settings, settings);
      await client.invalidateQueries({ queryKey: keys.status });
      say(t(settings.recordingPaused ? 'recording-paused-title' : 'recording-resumed'));
    },
    onError: (error) => {
      const { message, nextStep } = errorSentences(language, toErrorReport(error));
      show(`${message} ${nextStep}`, 'error');
    },
  });
  return { status: status.data, paused: status.data?.recordingPaused ?? false, setPaused: mutate };
}
