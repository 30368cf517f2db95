import { type HistoryFilter, TouchstoneError, UNDO_DELETION_MS } from '@touchstone/shared';
import { MAX_GIVEN_IDS } from '@touchstone/shared/api';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { deleteRecords } from '../api/companion.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useTeam } from '../team/team-context.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';
import { COUNTED_UP_TO } from './history-data.ts';
import type { Undoable } from './use-undo.ts';

/** What is about to be deleted: some records, or everything that matches a filter. */
export type Deletion =
  | { readonly type: 'ids'; readonly ids: readonly string[] }
  | { readonly type: 'filter'; readonly filter: HistoryFilter; readonly total: number };

interface Props {
  readonly deletion: Deletion | null;
  readonly onClose: () => void;
  /** @param undo absent where nothing can be taken back; `count` is how many went */
  readonly onDeleted: (deletion: Deletion, count: number, undo: Undoable | undefined) => void;
}

/** Asks before anything is deleted, and says how much it is. */
export function DeleteDialog({ deletion, onClose, onDeleted }: Props) {
  const { t } = useI18n();
  const team = useTeam();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  if (!deletion) return null;

  const run = async () => {
    setBusy(true);
    setError(null);
    try {
      const { count, undo } = await deleteAll(deletion);
      // Closed first, so that the focus is where it was before it moves on.
      onClose();
      onDeleted(deletion, count, undo);
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
      <p>
        {t(team ? 'delete-text-team' : 'delete-text', { count })}{' '}
        {everything ? t('delete-final') : t('delete-undoable', { count: UNDO_DELETION_MS / 1000 })}
      </p>
      {error && (
        <div role="alert">
          <ErrorMessage error={error} />
        </div>
      )}
    </ModalDialog>
  );
}

interface Outcome {
  readonly count: number;
  readonly undo: Undoable | undefined;
}

async function deleteAll(deletion: Deletion): Promise<Outcome> {
  const answers = [];
  if (deletion.type === 'filter') answers.push(await deleteRecords({ filter: deletion.filter }));
  else {
    for (let at = 0; at < deletion.ids.length; at += MAX_GIVEN_IDS) {
      answers.push(await deleteRecords({ ids: deletion.ids.slice(at, at + MAX_GIVEN_IDS) }));
    }
  }
  const count = answers.reduce((sum, { deleted }) => sum + deleted, 0);
  const undos = answers.flatMap(({ undo }) => undo ?? []);
  const until = Math.min(...undos.map((undo) => undo.until));
  return {
    count,
    undo: undos.length > 0 ? { count, deletions: undos.map(({ deletion: id }) => id), until } : undefined,
  };
}
