import { foreignText } from '@touchstone/shared/words';
import { Button } from 'react-aria-components';
import { useCase } from '../cases/use-cases.ts';
import { type I18n, useI18n } from '../i18n/i18n-context.tsx';
import { formatDay } from '../text/format.ts';
import { Icon } from '../ui/icons.tsx';
import { KIND_KEYS, LABEL_KEYS, STEP_KEYS, VERDICT_KEYS } from '../ui/verdict-words.ts';
import type { PageFilter } from './filter-url.ts';

interface Part {
  readonly key: string;
  readonly name: string;
  readonly without: PageFilter;
}

interface Props {
  readonly filter: PageFilter;
  readonly onChange: (filter: PageFilter) => void;
}

/** What limits the list, each with a cross, and one button for all. */
export function ActiveFilters({ filter, onChange }: Props) {
  const i18n = useI18n();
  const name = useCase(filter.case)?.name ?? '';
  const parts = partsOf(filter, i18n, foreignText(name));
  if (parts.length === 0) return null;
  return (
    <div className="active-filters">
      {parts.map((part) => (
        <Button
          key={part.key}
          className="chip chip-active"
          aria-label={i18n.t('remove-filter', { name: part.name })}
          onPress={() => onChange(part.without)}
        >
          <bdi className="chip-text">{part.name}</bdi>
          <Icon name="close" size={14} />
        </Button>
      ))}
      <Button className="button-link" onPress={() => onChange({})}>
        {i18n.t('clear-filters')}
      </Button>
    </div>
  );
}

function partsOf(filter: PageFilter, { t, locale }: I18n, caseName: string): Part[] {
  const { content, case: caseId, tag, step, verdict, kind, label, site, pack, fromDay, toDay, search } = filter;
  const listed = <K extends 'step' | 'verdict' | 'kind' | 'label' | 'tag'>(
    name: K,
    values: readonly string[] | undefined,
    nameOf: (value: string) => string,
  ): Part[] =>
    (values ?? []).map((value) => {
      const { [name]: _, ...others } = filter;
      const rest = (values ?? []).filter((other) => other !== value);
      return {
        key: `${name}-${value}`,
        name: nameOf(value),
        without: rest.length > 0 ? { ...others, [name]: rest } : others,
      };
    });
  const single = (name: keyof PageFilter, value: string | undefined): Part[] => {
    const { [name]: _, ...without } = filter;
    return value ? [{ key: name, name: value, without }] : [];
  };
  return [
    ...single('content', content && t('one-file')),
    ...single('case', caseId && [t('case'), caseName].filter(Boolean).join(': ')),
    ...listed('tag', tag, (value) => foreignText(value)),
    ...single('search', search && t('search-for', { text: foreignText(search) })),
    ...listed('step', step, (value) => t(STEP_KEYS[value as keyof typeof STEP_KEYS])),
    ...listed('verdict', verdict, (value) => t(VERDICT_KEYS[value as keyof typeof VERDICT_KEYS])),
    ...single('fromDay', fromDay && t('from-date', { date: formatDay(locale, fromDay) })),
    ...single('toDay', toDay && t('to-date', { date: formatDay(locale, toDay) })),
    ...single('site', site && foreignText(site)),
    ...single('pack', pack && foreignText(pack.replace('@', ' '))),
    ...listed('kind', kind, (value) => t(KIND_KEYS[value as keyof typeof KIND_KEYS])),
    ...listed('label', label, (value) => `${t('label')}: ${t(LABEL_KEYS[value as keyof typeof LABEL_KEYS])}`),
  ];
}
