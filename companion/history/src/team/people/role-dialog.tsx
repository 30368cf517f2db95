import type { Colleague } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import { type FormEvent, useId, useState } from 'react';
import { Button, Form } from 'react-aria-components';
import { useI18n } from '../../i18n/i18n-context.tsx';
import { useAnnouncer } from '../../ui/announcer.tsx';
import { Failure } from '../../ui/failure.tsx';
import { ModalDialog } from '../../ui/modal-dialog.tsx';
import { RoleChoice } from './role-choice.tsx';
import { useChangePerson } from './use-change-person.ts';

interface Props {
  readonly of: Colleague;
  readonly isOwn: boolean;
  readonly onClose: () => void;
}

/** Gives somebody another role. */
export function RoleDialog({ of, isOwn, onClose }: Props) {
  const { t } = useI18n();
  const { show } = useAnnouncer();
  const form = useId();
  const [role, setRole] = useState(of.role);
  const name = foreignText(of.name);
  const change = useChangePerson(of.id, (now) => {
    show(t('people-role-changed', { name, role: t(`role-${now.role}`) }));
    onClose();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate({ role });
  };
  return (
    <ModalDialog
      title={t('people-role-title', { name })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button className="button" onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button className="button button-primary" type="submit" form={form} isPending={change.isPending}>
            {t('save')}
          </Button>
        </>
      }
    >
      <Form id={form} className="case-form" onSubmit={submit}>
        <RoleChoice value={role} onChange={setRole} />
        {isOwn && of.role === 'admin' && role !== 'admin' && <p role="status">{t('people-role-own')}</p>}
        <Failure error={change.error} />
      </Form>
    </ModalDialog>
  );
}
