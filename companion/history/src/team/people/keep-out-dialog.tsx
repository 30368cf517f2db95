import type { Colleague } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import { useI18n } from '../../i18n/i18n-context.tsx';
import { useAnnouncer } from '../../ui/announcer.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useChangePerson } from './use-change-person.ts';

interface Props {
  readonly of: Colleague;
  readonly isOwn: boolean;
  readonly onClose: () => void;
}

/** Asks before somebody is kept out, and says what ends with it. */
export function KeepOutDialog({ of, isOwn, onClose }: Props) {
  const { t } = useI18n();
  const { show } = useAnnouncer();
  const name = foreignText(of.name);
  const change = useChangePerson(of.id, () => {
    show(t('people-is-kept-out', { name }));
    onClose();
  });
  return (
    <ConfirmDialog
      title={t('people-keep-out-title', { name })}
      words={t('people-keep-out')}
      isPending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate({ disabled: true })}
      onClose={onClose}
    >
      <p>{t('people-keep-out-text')}</p>
      {isOwn && (
        <p>
          <strong>{t('people-keep-out-own')}</strong>
        </p>
      )}
    </ConfirmDialog>
  );
}
