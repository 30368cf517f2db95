import { useMutation, useQuery } from '@tanstack/react-query';
import type { Case, CaseRight } from '@touchstone/shared';
import type { CaseSharing } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import { type FormEvent, useId, useState } from 'react';
import { Button, Form, Input, SearchField } from 'react-aria-components';
import { keys } from '../api/query-keys.ts';
import { changeSharing, fetchColleagues, fetchSharing } from '../api/sharing.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useAnnouncer } from '../ui/announcer.tsx';
import { Choice } from '../ui/choice.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import { Icon } from '../ui/icons.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';
import { sharingChange, withRight } from './share-draft.ts';
import { useRefreshFiled } from './use-cases.ts';

/** People above which a field to find one is of use. */
const MANY_PEOPLE = 8;

const NONE = 'none';

interface Props {
  readonly of: Case;
  readonly onClose: () => void;
}

/** Who else sees a case, and what they may do: everybody, or each by name. */
export function ShareDialog({ of, onClose }: Props) {
  const { t } = useI18n();
  const form = useId();
  const sharing = useQuery({
    queryKey: keys.sharing(of.id),
    queryFn: ({ signal }) => fetchSharing(of.id, signal),
    // What it was when it was looked at before is no beginning for a change.
    gcTime: 0,
  });
  const people = useQuery({ queryKey: keys.colleagues, queryFn: ({ signal }) => fetchColleagues(signal) });
  const error = sharing.error ?? people.error;
  const [saving, setSaving] = useState(false);
  return (
    <ModalDialog
      title={t('share-case-title', { name: foreignText(of.name) })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button className="button" onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button
            className="button button-primary"
            type="submit"
            form={form}
            isPending={saving}
            isDisabled={!sharing.data || !people.data}
          >
            {t('save')}
          </Button>
        </>
      }
    >
      {error && (
        <div role="alert">
          <ErrorMessage error={error} />
        </div>
      )}
      {sharing.data && people.data ? (
        <ShareForm
          form={form}
          id={of.id}
          sharing={sharing.data}
          colleagues={people.data}
          onSaving={setSaving}
          onClose={onClose}
        />
      ) : (
        !error && <p role="status">{t('loading')}</p>
      )}
    </ModalDialog>
  );
}

interface FormProps {
  readonly form: string;
  readonly id: string;
  readonly sharing: CaseSharing;
  readonly colleagues: readonly { readonly id: string; readonly name: string }[];
  readonly onSaving: (saving: boolean) => void;
  readonly onClose: () => void;
}

function ShareForm({ form, id, sharing, colleagues, onSaving, onClose }: FormProps) {
  const { t } = useI18n();
  const { show } = useAnnouncer();
  const refresh = useRefreshFiled();
  const [draft, setDraft] = useState(sharing);
  const [wanted, setWanted] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => changeSharing(id, sharingChange(draft)),
    onMutate: () => onSaving(true),
    onSettled: () => onSaving(false),
    onSuccess: async ({ everybody, people }) => {
      show(t(everybody === null && people.length === 0 ? 'share-ended' : 'share-saved'));
      onClose();
      await refresh();
    },
  });
  // Whoever is named and may not sign in now is still named.
  const everyone = [...colleagues, ...sharing.people.filter((one) => !colleagues.some((other) => other.id === one.id))];
  const shown = everyone.filter(({ name }) => name.toLowerCase().includes(wanted.trim().toLowerCase()));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isPending) mutate();
  };
  return (
    <Form id={form} className="case-form" onSubmit={submit}>
      <p className="help">{t('share-case-text')}</p>
      <RightChoice
        label={t('share-everybody')}
        value={draft.everybody}
        onChange={(everybody) => setDraft({ ...draft, everybody })}
      />
      <h3 className="filter-title">{t('share-people')}</h3>
      {everyone.length === 0 && <p className="help">{t('share-nobody-else')}</p>}
      {everyone.length > MANY_PEOPLE && (
        <SearchField className="search" aria-label={t('share-find')} value={wanted} onChange={setWanted}>
          <Icon name="search" />
          <Input className="search-input" placeholder={t('share-find')} />
        </SearchField>
      )}
      <div className="share-people">
        {shown.map((person) => (
          <RightChoice
            key={person.id}
            label={foreignText(person.name)}
            value={draft.people.find((one) => one.id === person.id)?.right ?? null}
            onChange={(right) => setDraft({ ...draft, people: withRight(draft.people, person, right) })}
          />
        ))}
      </div>
      {error && (
        <div role="alert">
          <ErrorMessage error={error} />
        </div>
      )}
    </Form>
  );
}

interface RightProps {
  readonly label: string;
  readonly value: CaseRight | null;
  readonly onChange: (right: CaseRight | null) => void;
}

function RightChoice({ label, value, onChange }: RightProps) {
  const { t } = useI18n();
  return (
    <Choice
      className="share-choice"
      label={label}
      value={value ?? NONE}
      onChange={(right) => onChange(right === NONE ? null : right)}
      options={[
        { id: NONE, text: t('share-none') },
        { id: 'view', text: t('share-view') },
        { id: 'edit', text: t('share-edit') },
      ]}
    />
  );
}
