import { CAPTURE_KINDS, type HistoryFacets, VERDICT_VALUES } from '@touchstone/shared';
import type { MessageKey } from '@touchstone/shared/words';
import { CheckboxGroup, Label } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { CheckBox } from '../ui/check-box.tsx';
import { Icon } from '../ui/icons.tsx';
import { KIND_KEYS, LABEL_KEYS, VERDICT_ICONS, VERDICT_KEYS } from '../ui/verdict-words.ts';
import { DateRange } from './date-range.tsx';
import { LABEL_CHOICES, type PageFilter, withoutUndefined } from './filter-url.ts';
import { PackSelect } from './pack-select.tsx';
import { SiteBox } from './site-box.tsx';

interface Props {
  readonly filter: PageFilter;
  readonly facets: HistoryFacets | undefined;
  readonly onChange: (filter: PageFilter) => void;
}

/** Every part of the filter but the search. */
export function FilterPanel({ filter, facets, onChange }: Props) {
  const change = (part: { [K in keyof PageFilter]?: PageFilter[K] | undefined }) =>
    onChange(withoutUndefined({ ...filter, ...part }));
  return (
    <div className="filters">
      <Choices
        name="verdict"
        choices={VERDICT_VALUES}
        names={VERDICT_KEYS}
        icons={VERDICT_ICONS}
        value={filter.verdict}
        onChange={(verdict) => change({ verdict })}
      />
      <DateRange filter={filter} onChange={change} />
      <SiteBox sites={facets?.sites ?? []} value={filter.site} onChange={(site) => change({ site })} />
      <PackSelect packs={facets?.packs ?? []} value={filter.pack} onChange={(pack) => change({ pack })} />
      <Choices
        name="kind"
        choices={CAPTURE_KINDS}
        names={KIND_KEYS}
        value={filter.kind}
        onChange={(kind) => change({ kind })}
      />
      <Choices
        name="label"
        choices={LABEL_CHOICES}
        names={LABEL_KEYS}
        value={filter.label}
        onChange={(label) => change({ label })}
      />
    </div>
  );
}

interface ChoicesProps<T extends string> {
  readonly name: 'verdict' | 'kind' | 'label';
  readonly choices: readonly T[];
  readonly names: Readonly<Record<T, MessageKey>>;
  readonly icons?: Readonly<Record<T, Parameters<typeof Icon>[0]['name']>>;
  readonly value: readonly T[] | undefined;
  readonly onChange: (value: T[] | undefined) => void;
}

function Choices<T extends string>({ name, choices, names, icons, value, onChange }: ChoicesProps<T>) {
  const { t } = useI18n();
  const set = (chosen: string[]) => {
    const known = choices.filter((choice) => chosen.includes(choice));
    onChange(known.length > 0 ? known : undefined);
  };
  return (
    <CheckboxGroup className="filter-group" value={[...(value ?? [])]} onChange={set}>
      <Label className="filter-title">{t(name)}</Label>
      {choices.map((choice) => (
        <CheckBox key={choice} value={choice}>
          {icons && (
            <span className={`verdict-mark verdict-${choice}`}>
              <Icon name={icons[choice]} size={16} />
            </span>
          )}
          {t(names[choice])}
        </CheckBox>
      ))}
    </CheckboxGroup>
  );
}
