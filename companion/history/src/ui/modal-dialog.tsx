import type { ReactNode } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Icon } from './icons.tsx';

interface Props {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons of the bottom row. */
  readonly actions?: ReactNode;
  readonly role?: 'dialog' | 'alertdialog';
  readonly wide?: boolean | 'widest' | undefined;
}

/** A dialog above the page: focus stays inside, Escape and the cross close it, focus returns to where it was. */
export function ModalDialog({ title, isOpen, onClose, children, actions, role = 'dialog', wide }: Props) {
  const { t } = useI18n();
  return (
    <ModalOverlay
      className="modal-overlay"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={role === 'dialog'}
    >
      <Modal className={wide === 'widest' ? 'modal modal-widest' : wide ? 'modal modal-wide' : 'modal'}>
        <Dialog className="dialog" role={role}>
          <header className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            {role === 'dialog' && (
              <Button className="button-icon" aria-label={t('close')} onPress={onClose}>
                <Icon name="close" />
              </Button>
            )}
          </header>
          <div className="dialog-body">{children}</div>
          {actions && <footer className="dialog-actions">{actions}</footer>}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
