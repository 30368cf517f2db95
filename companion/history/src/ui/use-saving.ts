import { toErrorReport } from '@touchstone/shared';
import { useState } from 'react';
import { useI18n } from '../i18n/i18n-context.tsx';
import { errorSentences } from '../i18n/sentences.ts';
import { useAnnouncer } from './announcer.tsx';
import { downloadBlob } from './download-blob.ts';

/** Saves what the companion makes as a file, and says that it is there or what went wrong. One at a time: `busy` until then. */
export function useSaving() {
  const { t, language } = useI18n();
  const { show } = useAnnouncer();
  const [busy, setBusy] = useState(false);
  const save = async (name: string, fetchFile: () => Promise<Blob>): Promise<void> => {
    setBusy(true);
    try {
      downloadBlob(await fetchFile(), name);
      show(t('exported', { name }));
    } catch (error) {
      const { message, nextStep } = errorSentences(language, toErrorReport(error));
      show(`${message} ${nextStep}`, 'error');
    } finally {
      setBusy(false);
    }
  };
  return { busy, save };
}
