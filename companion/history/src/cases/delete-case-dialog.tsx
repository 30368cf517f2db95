import { useMutation } from '@tanstack/react-query';
import type { Case } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { Button } from 'react-aria-components';
import { deleteCase } from '../api/cases.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useTeam } from '../team/team-context.tsx';
import { useAnnouncer } from '../ui/announcer.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';
import { useRefreshFiled } from './use-cases.ts';

interface Props {
  readonly asked: Case | null;
  readonly onClose: () => void;
  readonly onDeleted: (id: string) => void;
}

/** Asks before a case is deleted, and says that its results stay. */
export function DeleteCaseDialog({ asked, onClose, onDeleted }: Props) {
  const { t } = useI18n();
  const team = useTeam();
  const { show } = useAnnouncer();
  const refresh = useRefreshFiled();
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ id }: Case) => deleteCase(id),
    onSuccess: async (_, { id }) => {
      show(t('case-deleted'));
      onClose();
      onDeleted(id);
      await refresh();
    },
  });
  return (
    <ModalDialog
      title={t('delete-case-title', { name: foreignText(asked?.name ?? '') })}
      isOpen={asked !== null}
      onClose={onClose}
      role="alertdialog"
      actions={
        <>
          <Button className="button" autoFocus onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button className="button button-danger" onPress={() => asked && !isPending && mutate(asked)}>
            {t('delete-case')}
          </Button>
        </>
      }
    >
      <p>{t(team ? 'delete-case-text-team' : 'delete-case-text')}</p>
      {error && (
        <div role="alert">
          <ErrorMessage error={error} />
        </div>
      )}
    </ModalDialog>
  );
}
