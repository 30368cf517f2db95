import { useMutation, useQueryClient } from '@tanstack/react-query';
import { LABELS, type Label, type ResultRecord, toErrorReport } from '@touchstone/shared';
import { useId } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { storeLabel } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { errorSentences } from '../i18n/sentences.ts';
import { type HistoryData, withLabel } from '../list/history-data.ts';
import { useTeam } from '../team/team-context.tsx';
import { useAnnouncer } from '../ui/announcer.tsx';
import { LABEL_KEYS } from '../ui/verdict-words.ts';

interface Props {
  readonly id: string;
  readonly label: Label | null;
}

/** "What is it really?" The answer shows at once and is taken back if it could not be stored. */
export function LabelButtons({ id, label }: Props) {
  const { t, language } = useI18n();
  const team = useTeam();
  const { say, show } = useAnnouncer();
  const client = useQueryClient();
  const title = useId();
  const put = (value: Label | null) => {
    client.setQueryData<ResultRecord>(keys.record(id), (record) => record && { ...record, label: value });
    client.setQueriesData<HistoryData>({ queryKey: keys.history }, (data) => data && withLabel(data, id, value));
  };
  const { mutate } = useMutation({
    mutationFn: (value: Label | null) => storeLabel(id, value),
    onMutate: put,
    onSuccess: (_, value) => say(t(value ? 'label-saved' : 'label-removed')),
    onError: (error) => {
      put(label);
      const { message, nextStep } = errorSentences(language, toErrorReport(error));
      show(`${message} ${nextStep}`, 'error');
    },
  });
  return (
    <section className="detail-section">
      <h3 id={title}>{t('what-is-it')}</h3>
      <ToggleButtonGroup
        className="label-buttons"
        aria-labelledby={title}
        selectionMode="single"
        selectedKeys={label ? [label] : []}
        onSelectionChange={(chosen) => mutate(LABELS.find((one) => chosen.has(one)) ?? null)}
      >
        {LABELS.map((one) => (
          <ToggleButton key={one} id={one} className="toggle">
            {t(LABEL_KEYS[one])}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <p className="help">{t(team ? 'what-is-it-help-team' : 'what-is-it-help')}</p>
    </section>
  );
}

/** The same where it cannot be changed; nothing where nobody has answered. */
export function LabelShown({ label }: Pick<Props, 'label'>) {
  const { t } = useI18n();
  if (label === null) return null;
  return (
    <section className="detail-section">
      <h3>{t('what-is-it')}</h3>
      <p>{t(LABEL_KEYS[label])}</p>
    </section>
  );
}
