import { useMutation, useQueryClient } from '@tanstack/react-query';
import { MAX_PASSKEY_NAME, type Passkey } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import { useState } from 'react';
import { keys } from '../../api/query-keys.ts';
import { addPasskey, removePasskey, renamePasskey } from '../../api/team-people.ts';
import { useI18n } from '../../i18n/i18n-context.tsx';
import { browserNameOf } from '../../text/browser-name.ts';
import { useAnnouncer } from '../../ui/announcer.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { NameDialog } from './name-dialog.tsx';

const useRefreshed = () => {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keys.waysIn });
};

/** Has the browser make another passkey. */
export function AddPasskeyDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useI18n();
  const { show } = useAnnouncer();
  const refreshed = useRefreshed();
  const here = browserNameOf(window.navigator.userAgent);
  const [name, setName] = useState(here ? t('account-passkey-on', { ...here }) : '');
  const add = useMutation({
    mutationFn: () => addPasskey(name),
    onSuccess: (added) => {
      show(t('account-passkey-added', { name: foreignText(added.name) }));
      onClose();
    },
    onSettled: refreshed,
  });
  return (
    <NameDialog
      title={t('account-add-passkey')}
      words={t('account-add-passkey')}
      label={t('account-passkey-name')}
      help={t('account-passkey-name-help')}
      most={MAX_PASSKEY_NAME}
      name={name}
      isPending={add.isPending}
      error={add.error}
      onName={setName}
      onSubmit={() => add.mutate()}
      onClose={onClose}
    />
  );
}

interface OfPasskey {
  readonly of: Passkey;
  readonly onClose: () => void;
}

/** Gives a passkey another name. */
export function RenamePasskeyDialog({ of, onClose }: OfPasskey) {
  const { t } = useI18n();
  const { show } = useAnnouncer();
  const refreshed = useRefreshed();
  const [name, setName] = useState(of.name);
  const rename = useMutation({
    mutationFn: () => renamePasskey(of.id, name),
    onSuccess: (renamed) => {
      show(t('account-renamed', { name: foreignText(renamed.name) }));
      onClose();
    },
    onSettled: refreshed,
  });
  return (
    <NameDialog
      title={t('account-rename-title', { name: foreignText(of.name) || t('account-passkey-unnamed') })}
      words={t('account-rename')}
      label={t('account-passkey-name')}
      help={t('account-passkey-name-help')}
      most={MAX_PASSKEY_NAME}
      name={name}
      isPending={rename.isPending}
      error={rename.error}
      onName={setName}
      onSubmit={() => rename.mutate()}
      onClose={onClose}
    />
  );
}

/** Asks before a passkey is ended. */
export function RemovePasskeyDialog({ of, onClose, onRemoved }: OfPasskey & { readonly onRemoved: () => void }) {
  const { t } = useI18n();
  const { show } = useAnnouncer();
  const refreshed = useRefreshed();
  const name = foreignText(of.name) || t('account-passkey-unnamed');
  const remove = useMutation({
    mutationFn: () => removePasskey(of.id),
    onSuccess: () => {
      show(t('account-removed', { name }));
      onClose();
      onRemoved();
    },
    onSettled: refreshed,
  });
  return (
    <ConfirmDialog
      title={t('account-remove-title', { name })}
      words={t('account-remove')}
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>{t('account-remove-text')}</p>
    </ConfirmDialog>
  );
}
