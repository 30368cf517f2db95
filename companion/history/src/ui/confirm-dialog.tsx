import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Failure } from './failure.tsx';
import { ModalDialog } from './modal-dialog.tsx';

interface Props {
  readonly title: string;
  /** Words of the button that does it. */
  readonly words: string;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Asks before something is done that cannot be taken back; what has the focus at first does nothing. */
export function ConfirmDialog({ title, words, isPending, error, onConfirm, onClose, children }: Props) {
  const { t } = useI18n();
  return (
    <ModalDialog
      title={title}
      isOpen
      onClose={onClose}
      role="alertdialog"
      actions={
        <>
          <Button className="button" autoFocus onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button className="button button-danger" isPending={isPending} onPress={() => !isPending && onConfirm()}>
            {words}
          </Button>
        </>
      }
    >
      {children}
      <Failure error={error} />
    </ModalDialog>
  );
}
