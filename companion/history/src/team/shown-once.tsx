import { Button } from 'react-aria-components';
import { CopyText } from '../detail/copy-text.tsx';
import { useI18n } from '../i18n/i18n-context.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';

interface Props {
  readonly title: string;
  /** That it is shown this once, and to whom it may be given. */
  readonly text: string;
  readonly secret: string;
  readonly onClose: () => void;
}

/** A secret that nobody is shown again: what is pressed beside it does not close it. */
export function ShownOnce({ title, text, secret, onClose }: Props) {
  const { t } = useI18n();
  return (
    <ModalDialog
      title={title}
      isOpen
      onClose={onClose}
      role="alertdialog"
      actions={
        <Button className="button button-primary" onPress={onClose}>
          {t('people-done')}
        </Button>
      }
    >
      <p>{text}</p>
      <p className="shown-once">
        <CopyText text={secret} />
      </p>
    </ModalDialog>
  );
}
