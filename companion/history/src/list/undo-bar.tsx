import { Button } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Icon } from '../ui/icons.tsx';
import { type Undoable, undoKeys } from './use-undo.ts';

interface Props {
  readonly last: Undoable | undefined;
  readonly onUndo: () => void;
  readonly onDismiss: () => void;
}

/** What was deleted last and how to take it back: below the list, where it covers nothing and Tab reaches it next. */
export function UndoBar({ last, onUndo, onDismiss }: Props) {
  const { t } = useI18n();
  if (!last) return null;
  return (
    <section className="undo-bar" aria-label={t('undo-bar')}>
      <Icon name="trash" />
      <span className="undo-what">{t('deleted', { count: last.count })}</span>
      <Button className="button" onPress={onUndo}>
        {t('undo')} <kbd className="undo-keys">{undoKeys()}</kbd>
      </Button>
      <Button className="button-icon" aria-label={t('close')} onPress={onDismiss}>
        <Icon name="close" size={16} />
      </Button>
    </section>
  );
}
