import { CAPTURE_KINDS, type HistoryFacets } from '@touchstone/shared';
import { STEPS, type Step } from '@touchstone/shared/present';
import type { MessageKey } from '@touchstone/shared/words';
import { CheckboxGroup, Label } from 'react-aria-components';
import { CaseFilter } from '../cases/case-filter.tsx';
import { useI18n } from '../i18n/i18n-context.tsx';
import { CheckBox } from '../ui/check-box.tsx';
import { Icon } from '../ui/icons.tsx';
import { KIND_KEYS, LABEL_KEYS, STEP_KEYS } from '../ui/verdict-words.ts';
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
        choices={STEPS}
        names={STEP_KEYS}
        hasMarks
        value={filter.step}
        onChange={(step) => change({ step })}
      />
      <DateRange filter={filter} onChange={change} />
      <SiteBox sites={facets?.sites ?? []} value={filter.site} onChange={(site) => change({ site })} />
      <PackSelect packs={facets?.packs ?? []} value={filter.pack} onChange={(pack) => change({ pack })} />
      <CaseFilter filter={filter} tags={facets?.tags ?? []} onChange={change} />
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

const isStep = (choice: string): choice is Step => STEPS.some((step) => step === choice);

interface ChoicesProps<T extends string> {
  readonly name: 'verdict' | 'kind' | 'label';
  readonly choices: readonly T[];
  readonly names: Readonly<Record<T, MessageKey>>;
  /** Whether each choice has its shape and colour, which are those of the scale. */
  readonly hasMarks?: boolean;
  readonly value: readonly T[] | undefined;
  readonly onChange: (value: T[] | undefined) => void;
}

function Choices<T extends string>({ name, choices, names, hasMarks = false, value, onChange }: ChoicesProps<T>) {
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
          {hasMarks && isStep(choice) && (
            <span className={`step-mark step-mark-${choice}`}>
              <Icon name={choice} size={16} />
            </span>
          )}
          {t(names[choice])}
        </CheckBox>
      ))}
    </CheckboxGroup>
  );
}
