import { useMutation } from '@tanstack/react-query';
import { type Case, MAX_CASE_NAME_LENGTH } from '@touchstone/shared';
import type { CaseRecordsRequest } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Button, Form, Input, Label, Radio, RadioGroup, TextField } from 'react-aria-components';
import { addToCase, createCase } from '../api/cases.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useRights } from '../team/rights.ts';
import { useAnnouncer } from '../ui/announcer.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import { Icon } from '../ui/icons.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';
import { CaseStandingMark } from './case-standing.tsx';
import { useCases, useRefreshFiled } from './use-cases.ts';

/** Stands for a case that is yet to be made; ids of cases are hexadecimal. */
const NEW = 'new';

interface Props {
  readonly records: CaseRecordsRequest;
  readonly onAdded?: () => void;
}

/** Puts results into a case that there is, or into a new one. */
export function AddToCase({ records, onAdded }: Props) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button className="button" onPress={() => setOpen(true)}>
        <Icon name="folder" />
        {t('add-to-case')}
      </Button>
      {open && <AddDialog records={records} onAdded={onAdded} onClose={() => setOpen(false)} />}
    </>
  );
}

interface DialogProps {
  readonly records: CaseRecordsRequest;
  readonly onAdded: (() => void) | undefined;
  readonly onClose: () => void;
}

function AddDialog({ records, onAdded, onClose }: DialogProps) {
  const { t } = useI18n();
  const { show } = useAnnouncer();
  const refresh = useRefreshFiled();
  const form = useId();
  const cases = useCases();
  const { mayEditCase } = useRights();
  const open = cases.data?.filter(mayEditCase);
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [made, setMade] = useState<Case | null>(null);
  // The case that was used last is the one that is most likely meant.
  const target = chosen ?? open?.[0]?.id ?? NEW;
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      if (target !== NEW) return addToCase(target, records);
      // Made once, also where the records do not fit and somebody tries again.
      const one = made ?? (await createCase({ name, note: '', tags: [] }));
      setMade(one);
      return addToCase(one.id, records);
    },
    onSuccess: async ({ added, case: { name: called } }) => {
      const said = { count: added, name: foreignText(called) };
      show(added > 0 ? t('added-to-case', said) : t('already-in-case', said));
      onClose();
      onAdded?.();
      await refresh();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isPending) mutate();
  };
  return (
    <ModalDialog
      title={t('add-to-case-title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button className="button" onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button className="button button-primary" type="submit" form={form} isPending={isPending || cases.isPending}>
            {t('add-to-case')}
          </Button>
        </>
      }
    >
      <Form id={form} className="case-form" onSubmit={submit}>
        {open && open.length > 0 && (
          <RadioGroup className="case-choices" aria-label={t('cases')} value={target} onChange={setChosen}>
            {open.map((one) => (
              <CaseChoice key={one.id} value={one.id} hasFocus={one.id === open[0]?.id}>
                <bdi>{foreignText(one.name)}</bdi>
                <span className="help">{t('results', { count: one.records })}</span>
                <CaseStandingMark of={one} />
              </CaseChoice>
            ))}
            <CaseChoice value={NEW}>{t('add-to-new-case')}</CaseChoice>
          </RadioGroup>
        )}
        {open && target === NEW && (
          <TextField
            className="field"
            value={name}
            onChange={setName}
            isRequired
            maxLength={MAX_CASE_NAME_LENGTH}
            // Beside a choice it would take the keys of the choice away.
            autoFocus={open.length === 0}
          >
            <Label>{t('case-name')}</Label>
            <Input className="input" dir="auto" />
          </TextField>
        )}
        {(error ?? cases.error) && (
          <div role="alert">
            <ErrorMessage error={error ?? cases.error} />
          </div>
        )}
      </Form>
    </ModalDialog>
  );
}

interface ChoiceProps {
  readonly value: string;
  /** Whether it has the focus when the dialog opens. */
  readonly hasFocus?: boolean;
  readonly children: ReactNode;
}

function CaseChoice({ value, hasFocus = false, children }: ChoiceProps) {
  return (
    <Radio value={value} className="radio" autoFocus={hasFocus}>
      <span className="radio-dot" aria-hidden="true" />
      <span className="case-choice">{children}</span>
    </Radio>
  );
}
