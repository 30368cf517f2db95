import { useMutation, useQueryClient } from '@tanstack/react-query';
import { MAX_TOKEN_NAME, type Role, SCOPES, type Scope, scopesOf } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import { type FormEvent, useId, useState } from 'react';
import { Button, CheckboxGroup, FieldError, Form, Input, Label, TextField } from 'react-aria-components';
import { keys } from '../../api/query-keys.ts';
import { createToken } from '../../api/team-people.ts';
import { useI18n } from '../../i18n/i18n-context.tsx';
import { CheckBox } from '../../ui/check-box.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Failure } from '../../ui/failure.tsx';
import { ModalDialog } from '../../ui/modal-dialog.tsx';
import { ShownOnce } from '../shown-once.tsx';

/** Days after which a token ends. */
const LIVES = ['7', '30', '90', '365'] as const;
type Life = (typeof LIVES)[number] | 'never';

interface Props {
  /** Of the person; a token may do no more. */
  readonly role: Role;
  readonly onClose: () => void;
}

/** Makes a token, and shows it once. */
export function TokenDialog({ role, onClose }: Props) {
  const { t } = useI18n();
  const client = useQueryClient();
  const form = useId();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>(['read']);
  const [life, setLife] = useState<Life>('90');
  const made = useMutation({
    mutationFn: () => createToken({ name, scopes: [...scopes], days: life === 'never' ? null : Number(life) }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.tokens }),
  });
  if (made.data) {
    const title = t('account-token-made', { name: foreignText(made.data.name) });
    return <ShownOnce title={title} text={t('account-token-once')} secret={made.data.token} onClose={onClose} />;
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!made.isPending) made.mutate();
  };
  return (
    <ModalDialog
      title={t('account-new-token')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button className="button" onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button className="button button-primary" type="submit" form={form} isPending={made.isPending}>
            {t('account-new-token')}
          </Button>
        </>
      }
    >
      <Form id={form} className="case-form" onSubmit={submit}>
        <TextField className="field" value={name} onChange={setName} isRequired maxLength={MAX_TOKEN_NAME} autoFocus>
          <Label>{t('account-token-name')}</Label>
          <Input className="input" dir="auto" autoComplete="off" />
        </TextField>
        <CheckboxGroup
          className="filter-group"
          value={[...scopes]}
          isRequired
          onChange={(chosen) => setScopes(SCOPES.filter((scope) => chosen.includes(scope)))}
        >
          <Label className="filter-title">{t('account-token-scopes')}</Label>
          {scopesOf(role).map((scope) => (
            <CheckBox key={scope} value={scope}>
              {t(`scope-${scope}`)}
            </CheckBox>
          ))}
          <FieldError className="field-error">{t('account-token-no-scope')}</FieldError>
        </CheckboxGroup>
        <Choice
          label={t('account-token-life')}
          value={life}
          onChange={setLife}
          options={[
            ...LIVES.map((days) => ({ id: days, text: t('account-token-days', { count: Number(days) }) })),
            { id: 'never', text: t('account-token-never') },
          ]}
        />
        <Failure error={made.error} />
      </Form>
    </ModalDialog>
  );
}
