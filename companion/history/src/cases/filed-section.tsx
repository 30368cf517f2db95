import { useMutation } from '@tanstack/react-query';
import { MAX_NOTE_LENGTH, type ResultRecord, toErrorReport } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { useEffect, useId, useRef, useState } from 'react';
import { Button, Label, TextArea, TextField } from 'react-aria-components';
import { changeRecord, takeFromCase } from '../api/cases.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { errorSentences } from '../i18n/sentences.ts';
import { useRights } from '../team/rights.ts';
import { useTeam } from '../team/team-context.tsx';
import { useAnnouncer } from '../ui/announcer.tsx';
import { Icon } from '../ui/icons.tsx';
import { AddToCase } from './add-to-case.tsx';
import { CaseText } from './case-text.tsx';
import { TagField } from './tag-field.tsx';
import { useCases, useRefreshFiled } from './use-cases.ts';

/** The cases of a result, its tags and its note. Give it the record's id as key: what is typed belongs to one record. */
export function FiledSection({ record }: { readonly record: ResultRecord }) {
  const { t } = useI18n();
  const { say } = useAnnouncer();
  const title = useId();
  const fail = useFailure();
  const refresh = useRefreshFiled();
  const { cases = [], tags = [] } = record;
  const { mayWork, mayEdit, mayOwn, mayTakeOwn, mayEditCase } = useRights();
  const all = useCases();
  const team = useTeam();
  // One's own can be taken out of any case, others' out of those that one may change.
  const mayTake = (id: string) =>
    mayTakeOwn(record) || (mayWork && all.data?.some((one) => one.id === id && mayEditCase(one)));
  const take = useMutation({
    mutationFn: (id: string) => takeFromCase(id, { ids: [record.id] }),
    onSuccess: () => say(t('taken-from-case', { count: 1 })),
    onError: fail,
    onSettled: refresh,
  });
  const tag = useMutation({
    mutationFn: (wanted: readonly string[]) => changeRecord(record.id, { tags: [...wanted] }),
    onSuccess: () => say(t('tags-saved')),
    onError: fail,
    onSettled: refresh,
  });
  return (
    <section className="detail-section filed" aria-labelledby={title}>
      <h3 id={title}>{t('filed-title')}</h3>
      {cases.length === 0 ? (
        <p className="help">{t('in-no-case')}</p>
      ) : (
        <ul className="tag-list" aria-label={t('cases')}>
          {cases.map(({ id, name }) => (
            <li key={id} className="chip tag-chip">
              <Icon name="folder" size={16} />
              <bdi className="chip-text">{foreignText(name)}</bdi>
              {mayTake(id) && (
                <Button
                  className="tag-remove"
                  aria-label={t('take-from', { name: foreignText(name) })}
                  onPress={() => take.mutate(id)}
                >
                  <Icon name="close" size={14} />
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayOwn(record) && <AddToCase records={{ ids: [record.id] }} />}
      {mayEdit(record) ? (
        <>
          {/* What was pressed shows at once. */}
          <TagField tags={tag.isPending ? tag.variables : tags} onChange={tag.mutate} />
          <NoteField id={record.id} note={record.note ?? ''} />
        </>
      ) : (
        <CaseText of={{ note: record.note ?? '', tags }} />
      )}
      <p className="help">{t(team ? 'filed-help-team' : 'filed-help')}</p>
    </section>
  );
}

/** @returns says an error where the reader looks */
function useFailure(): (error: Error) => void {
  const { language } = useI18n();
  const { show } = useAnnouncer();
  return (error) => {
    const { message, nextStep } = errorSentences(language, toErrorReport(error));
    show(`${message} ${nextStep}`, 'error');
  };
}

/** The note of a record. What was typed is stored by the button, or when the reader goes elsewhere. */
function NoteField({ id, note }: { readonly id: string; readonly note: string }) {
  const { t } = useI18n();
  const { say } = useAnnouncer();
  const fail = useFailure();
  const refresh = useRefreshFiled();
  const [typed, setTyped] = useState<string | null>(null);
  const changed = typed !== null && typed !== note;
  const { mutate, isPending } = useMutation({
    mutationFn: (text: string) => changeRecord(id, { note: text }),
    onSuccess: async () => {
      say(t('note-saved'));
      await refresh();
      setTyped(null);
    },
    onError: fail,
  });
  const leave = useRef(() => {});
  leave.current = () => {
    if (changed && !isPending) mutate(typed);
  };
  useEffect(() => () => leave.current(), []);
  return (
    <div className="note-field">
      <TextField className="field" value={typed ?? note} onChange={setTyped} maxLength={MAX_NOTE_LENGTH}>
        <Label>{t('note')}</Label>
        <TextArea className="input case-note-input" dir="auto" rows={3} />
      </TextField>
      {changed && (
        <Button className="button" isPending={isPending} onPress={() => leave.current()}>
          {t('save-note')}
        </Button>
      )}
    </div>
  );
}
