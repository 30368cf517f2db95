import { type HistoryFilter, TouchstoneError } from '@touchstone/shared';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { deleteRecords } from '../api/companion.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useAnnouncer } from '../ui/announcer.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';
import { COUNTED_UP_TO } from './history-data.ts';

/** What is about to be deleted: some records, or everything that matches a filter. */
export type Deletion =
  | { readonly type: 'ids'; readonly ids: readonly string[] }
  | { readonly type: 'filter'; readonly filter: HistoryFilter; readonly total: number };

/** Ids one request may carry; see DeleteRequest. */
const IDS_AT_ONCE = 1000;

interface Props {
  readonly deletion: Deletion | null;
  readonly onClose: () => void;
  readonly onDeleted: (deletion: Deletion) => void;
}

/** Asks before anything is deleted, and says how much it is. */
export function DeleteDialog({ deletion, onClose, onDeleted }: Props) {
  const { t } = useI18n();
  const { show } = useAnnouncer();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  if (!deletion) return null;

  const run = async () => {
    setBusy(true);
    setError(null);
    try {
      const count = await deleteAll(deletion);
      show(t('deleted', { count }));
      onDeleted(deletion);
      onClose();
    } catch (thrown) {
      setError(thrown instanceof Error ? thrown : new TouchstoneError('internal'));
    } finally {
      setBusy(false);
    }
  };
  const count = deletion.type === 'ids' ? deletion.ids.length : deletion.total;
  const over = deletion.type === 'filter' && count > COUNTED_UP_TO;
  const everything = deletion.type === 'filter' && Object.keys(deletion.filter).length === 0;
  return (
    <ModalDialog
      title={over ? t('delete-title-over', { count: COUNTED_UP_TO }) : t('delete-title', { count })}
      isOpen
      onClose={onClose}
      role="alertdialog"
      actions={
        <>
          <Button className="button" onPress={onClose} autoFocus>
            {t('cancel')}
          </Button>
          <Button className="button button-danger" onPress={() => void (busy || run())}>
            {busy ? t('deleting') : t('delete')}
          </Button>
        </>
      }
    >
      {deletion.type === 'filter' && (
        <p>
          <strong>{everything ? t('delete-all-text') : t('delete-filter-text')}</strong>
        </p>
      )}
      <p>{t('delete-text')}</p>
      {error && (
        <div role="alert">
          <ErrorMessage error={error} />
        </div>
      )}
    </ModalDialog>
  );
}

async function deleteAll(deletion: Deletion): Promise<number> {
  if (deletion.type === 'filter') return deleteRecords({ filter: deletion.filter });
  let deleted = 0;
  for (let at = 0; at < deletion.ids.length; at += IDS_AT_ONCE) {
    deleted += await deleteRecords({ ids: deletion.ids.slice(at, at + IDS_AT_ONCE) });
  }
  return deleted;
}
