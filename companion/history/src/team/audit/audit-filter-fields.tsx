import { type Colleague, DEEDS, type Deed, NOBODY } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import { DateRange } from '../../filter/date-range.tsx';
import { useI18n } from '../../i18n/i18n-context.tsx';
import { Choice } from '../../ui/choice.tsx';
import type { AuditFilter } from './audit-filter.ts';

/** Stands for no choice; no id and no deed is called so. */
const ALL = '*';

interface Props {
  readonly filter: AuditFilter;
  readonly people: readonly Colleague[];
  readonly onChange: (filter: AuditFilter) => void;
}

/** Who, what, and when. */
export function AuditFilterFields({ filter, people, onChange }: Props) {
  const { t } = useI18n();
  const deeds: readonly { readonly id: Deed | typeof ALL; readonly text: string }[] = [
    { id: ALL, text: t('audit-everything') },
    ...DEEDS.map((id) => ({ id, text: t(`deed-${id}`) })),
  ];
  return (
    <div className="audit-filter">
      <div className="audit-choices">
        <Choice
          label={t('audit-person')}
          value={filter.person ?? ALL}
          onChange={(id) => onChange({ ...filter, person: id === ALL ? null : id })}
          options={[
            { id: ALL, text: t('audit-everybody') },
            ...people.map(({ id, name }) => ({
              id,
              text: foreignText(name),
              shown: <bdi>{foreignText(name)}</bdi>,
            })),
            { id: NOBODY, text: t('command-line') },
          ]}
        />
        <Choice
          label={t('audit-deed')}
          value={filter.deed ?? ALL}
          onChange={(id) => onChange({ ...filter, deed: id === ALL ? null : id })}
          options={deeds}
        />
      </div>
      <DateRange filter={filter} onChange={(days) => onChange({ ...filter, ...days })} />
    </div>
  );
}
