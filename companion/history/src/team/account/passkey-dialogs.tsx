import { useMutation, useQueryClient } from '@tanstack/react-query';
import { MAX_PASSKEY_NAME, type Passkey } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import { type FormEvent, useId, useState } from 'react';
import { Button, Form, Input, Label, Text, TextField } from 'react-aria-components';
import { keys } from '../../api/query-keys.ts';
import { addPasskey, removePasskey, renamePasskey } from '../../api/team-people.ts';
import { useI18n } from '../../i18n/i18n-context.tsx';
import { browserNameOf } from '../../text/browser-name.ts';
import { useAnnouncer } from '../../ui/announcer.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ModalDialog } from '../../ui/modal-dialog.tsx';
import { Outcome } from '../outcome.tsx';

interface NameProps {
  readonly title: string;
  readonly words: string;
  readonly name: string;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly onName: (name: string) => void;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
}

/** Asks what a passkey is called. */
function NameDialog({ title, words, name, isPending, error, onName, onSubmit, onClose }: NameProps) {
  const { t } = useI18n();
  const form = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isPending) onSubmit();
  };
  return (
    <ModalDialog
      title={title}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button className="button" onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button className="button button-primary" type="submit" form={form} isPending={isPending}>
            {words}
          </Button>
        </>
      }
    >
      <Form id={form} className="case-form" onSubmit={submit}>
        <TextField className="field" value={name} onChange={onName} isRequired maxLength={MAX_PASSKEY_NAME} autoFocus>
          <Label>{t('account-passkey-name')}</Label>
          <Input className="input" dir="auto" autoComplete="off" />
          <Text slot="description" className="help">
            {t('account-passkey-name-help')}
          </Text>
        </TextField>
        <Outcome isPending={isPending} error={error} />
      </Form>
    </ModalDialog>
  );
}

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
