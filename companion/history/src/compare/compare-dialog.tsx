import { useQueries } from '@tanstack/react-query';
import { fetchRecord } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';
import { CompareView } from './compare-view.tsx';

interface Props {
  /** Ids of the two records; null keeps the dialog closed. */
  readonly pair: readonly [string, string] | null;
  readonly onClose: () => void;
  readonly onOpen: (id: string) => void;
}

/** Any two results side by side, the older one first. */
export function CompareDialog({ pair, onClose, onOpen }: Props) {
  const { t } = useI18n();
  const answers = useQueries({
    queries: (pair ?? []).map((id) => ({
      queryKey: keys.record(id),
      queryFn: ({ signal }: { signal: AbortSignal }) => fetchRecord(id, signal),
    })),
  });
  const error = answers.find((answer) => answer.error)?.error;
  const [first, second] = answers.flatMap(({ data }) => data ?? []).toSorted((a, b) => a.at - b.at);
  return (
    <ModalDialog title={t('compare-title')} isOpen={pair !== null} onClose={onClose} wide="widest">
      {error ? (
        <div role="alert">
          <ErrorMessage error={error} />
        </div>
      ) : first && second ? (
        <CompareView
          first={first}
          second={second}
          onOpen={(id) => {
            onClose();
            onOpen(id);
          }}
        />
      ) : (
        <p role="status">{t('loading')}</p>
      )}
    </ModalDialog>
  );
}
