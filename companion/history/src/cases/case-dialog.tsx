import { useMutation } from '@tanstack/react-query';
import { type Case, MAX_CASE_NAME_LENGTH, MAX_NOTE_LENGTH } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { type FormEvent, useId, useState } from 'react';
import { Button, Form, Input, Label, TextArea, TextField } from 'react-aria-components';
import { type CaseDraft, changeCase, createCase } from '../api/cases.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useAnnouncer } from '../ui/announcer.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';
import { TagField } from './tag-field.tsx';
import { useRefreshFiled } from './use-cases.ts';

interface Props {
  /** The case that is edited; `new` makes one, null shows nothing. */
  readonly of: Case | 'new' | null;
  readonly onClose: () => void;
  readonly onMade?: (made: Case) => void;
}

/** Name, note and tags of a case. */
export function CaseDialog({ of, onClose, onMade }: Props) {
  // A new one each time: what was typed and given up does not come back.
  return of === null ? null : (
    <OpenDialog key={of === 'new' ? 'new' : of.id} of={of} onClose={onClose} onMade={onMade} />
  );
}

interface OpenProps {
  readonly of: Case | 'new';
  readonly onClose: () => void;
  readonly onMade: ((made: Case) => void) | undefined;
}

function OpenDialog({ of, onClose, onMade }: OpenProps) {
  const { t } = useI18n();
  const { show } = useAnnouncer();
  const refresh = useRefreshFiled();
  const form = useId();
  const made = of === 'new' ? undefined : of;
  const [draft, setDraft] = useState<CaseDraft>({
    name: made?.name ?? '',
    note: made?.note ?? '',
    tags: made?.tags ?? [],
  });
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => (made ? changeCase(made.id, draft) : createCase(draft)),
    onSuccess: async (saved) => {
      show(made ? t('case-saved') : t('case-made', { name: foreignText(saved.name) }));
      await refresh();
      onClose();
      if (!made) onMade?.(saved);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isPending) mutate();
  };
  const change = (part: Partial<CaseDraft>) => setDraft((held) => ({ ...held, ...part }));
  return (
    <ModalDialog
      title={t(made ? 'edit-case' : 'new-case')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button className="button" onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button className="button button-primary" type="submit" form={form} isPending={isPending}>
            {t(made ? 'save' : 'make-case')}
          </Button>
        </>
      }
    >
      <Form id={form} className="case-form" onSubmit={submit}>
        <TextField
          className="field"
          value={draft.name}
          onChange={(name) => change({ name })}
          isRequired
          maxLength={MAX_CASE_NAME_LENGTH}
          autoFocus
        >
          <Label>{t('case-name')}</Label>
          <Input className="input" dir="auto" />
        </TextField>
        <TextField
          className="field"
          value={draft.note}
          onChange={(note) => change({ note })}
          maxLength={MAX_NOTE_LENGTH}
        >
          <Label>{t('note')}</Label>
          <TextArea className="input case-note-input" dir="auto" rows={4} />
        </TextField>
        <TagField tags={draft.tags} onChange={(tags) => change({ tags: [...tags] })} />
        {error && (
          <div role="alert">
            <ErrorMessage error={error} />
          </div>
        )}
      </Form>
    </ModalDialog>
  );
}
