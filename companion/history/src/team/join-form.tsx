import { useMutation, useQuery } from '@tanstack/react-query';
import { type InvitationView, MAX_PERSON_NAME, type SignInMethods } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import { type FormEvent, useState } from 'react';
import { Button, Form, Input, Label, TextField } from 'react-aria-components';
import type { WaysIn } from '../api/team.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import { Outcome } from './outcome.tsx';
import { PasskeyButton } from './passkey-button.tsx';

interface Props {
  readonly methods: SignInMethods;
  readonly ways: WaysIn;
  readonly invitation: string;
  readonly onIn: () => void;
}

/** Joins a team by an invitation. */
export function JoinForm({ invitation, ways, ...given }: Props) {
  const { t } = useI18n();
  const view = useQuery({ queryKey: ['invitation'], queryFn: () => ways.invitation(invitation), retry: false });
  if (view.error) {
    return (
      <div role="alert">
        <ErrorMessage error={view.error} />
      </div>
    );
  }
  if (!view.data) return <p role="status">{t('loading')}</p>;
  return <Joining view={view.data} invitation={invitation} ways={ways} {...given} />;
}

function Joining({ view, methods, ways, invitation, onIn }: Props & { readonly view: InvitationView }) {
  const { t } = useI18n();
  const [name, setName] = useState(foreignText(view.name));
  const passkey = useMutation({ mutationFn: () => ways.joinWithPasskey(invitation, name), onSuccess: onIn });
  const provider = useMutation({
    mutationFn: () => ways.providerAddress(invitation),
    onSuccess: (address) => window.location.assign(address),
  });
  const isPending = passkey.isPending || provider.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isPending && methods.passkeys) passkey.mutate();
  };
  return (
    <Form className="settings-section" onSubmit={submit}>
      <p>{view.again ? t('team-join-again') : t('team-join-text', { role: t(`role-${view.role}`) })}</p>
      {!view.again && methods.passkeys && (
        <TextField className="field" value={name} onChange={setName} isRequired maxLength={MAX_PERSON_NAME}>
          <Label>{t('team-join-name')}</Label>
          <Input className="input" dir="auto" autoComplete="name" />
        </TextField>
      )}
      {methods.passkeys && (
        <PasskeyButton isPending={isPending} onPress={() => passkey.mutate()} text={t('team-join-passkey')} />
      )}
      {methods.provider !== null && (
        <Button className="button" isPending={isPending} onPress={() => provider.mutate()}>
          {t('team-join-provider', { provider: methods.provider })}
        </Button>
      )}
      <Outcome isPending={isPending} error={passkey.error ?? provider.error} />
    </Form>
  );
}
