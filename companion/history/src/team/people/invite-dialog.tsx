import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Colleague, MAX_PERSON_NAME, type Role } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import { type FormEvent, useId, useState } from 'react';
import { Button, Form, Input, Label, Text, TextField } from 'react-aria-components';
import { keys } from '../../api/query-keys.ts';
import { invite } from '../../api/team-people.ts';
import { useI18n } from '../../i18n/i18n-context.tsx';
import { formatMoment } from '../../text/format.ts';
import { Failure } from '../../ui/failure.tsx';
import { ModalDialog } from '../../ui/modal-dialog.tsx';
import { ShownOnce } from '../shown-once.tsx';
import { RoleChoice } from './role-choice.tsx';

interface Props {
  /** Somebody who is in the team and lost the way in; without, somebody new. */
  readonly person?: Colleague;
  readonly onClose: () => void;
}

/** Makes a one-time link, and shows it once. */
export function InviteDialog({ person, onClose }: Props) {
  const { t, locale } = useI18n();
  const client = useQueryClient();
  const form = useId();
  const [name, setName] = useState(person?.name ?? '');
  const [role, setRole] = useState<Role>(person?.role ?? 'analyst');
  const made = useMutation({
    mutationFn: () => invite({ name, role, ...(person && { person: person.id }) }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.invitations }),
  });
  const shownName = foreignText(name);
  if (made.data) {
    const date = formatMoment(locale, made.data.expiresAt);
    return (
      <ShownOnce
        title={t('people-link-made', { name: shownName })}
        text={t('people-link-once', { name: shownName, date })}
        secret={made.data.url}
        onClose={onClose}
      />
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!made.isPending) made.mutate();
  };
  return (
    <ModalDialog
      title={person ? t('people-link-title', { name: shownName }) : t('people-invite-title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button className="button" onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button className="button button-primary" type="submit" form={form} isPending={made.isPending}>
            {t('people-make-link')}
          </Button>
        </>
      }
    >
      <Form id={form} className="case-form" onSubmit={submit}>
        {person ? (
          <p>{t('people-link-text', { name: shownName })}</p>
        ) : (
          <>
            <TextField
              className="field"
              value={name}
              onChange={setName}
              isRequired
              maxLength={MAX_PERSON_NAME}
              autoFocus
            >
              <Label>{t('people-name')}</Label>
              <Input className="input" dir="auto" autoComplete="off" />
              <Text slot="description" className="help">
                {t('people-name-help')}
              </Text>
            </TextField>
            <RoleChoice value={role} onChange={setRole} />
          </>
        )}
        <Failure error={made.error} />
      </Form>
    </ModalDialog>
  );
}
