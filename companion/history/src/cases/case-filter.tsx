import { foreignText, numberFormat } from '@touchstone/shared/words';
import { CheckboxGroup, Label } from 'react-aria-components';
import type { PageFilter } from '../filter/filter-url.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { CheckBox } from '../ui/check-box.tsx';
import { Choice } from '../ui/choice.tsx';
import { useCases } from './use-cases.ts';

/** Tags that are offered; the list of a filter is no place to read through hundreds. */
const SHOWN_TAGS = 30;

const ANY = '';

interface Props {
  readonly filter: Pick<PageFilter, 'case' | 'tag'>;
  /** Most used first. */
  readonly tags: readonly { readonly value: string; readonly count: number }[];
  readonly onChange: (part: { case?: string | undefined; tag?: string[] | undefined }) => void;
}

/** Filters by case and by tag, as far as there are any. */
export function CaseFilter({ filter, tags, onChange }: Props) {
  const { t, locale } = useI18n();
  const { data: cases = [] } = useCases();
  const chosen = filter.tag ?? [];
  const offered = [...new Set([...chosen, ...tags.slice(0, SHOWN_TAGS).map(({ value }) => value)])];
  const countOf = (tag: string) => tags.find(({ value }) => value === tag)?.count ?? 0;
  const { format } = numberFormat(locale);
  return (
    <>
      {(cases.length > 0 || filter.case !== undefined) && (
        <Choice
          className="filter-group"
          label={t('case')}
          value={filter.case ?? ANY}
          onChange={(id) => onChange({ case: id || undefined })}
          options={[
            { id: ANY, text: t('any-case') },
            ...cases.map(({ id, name, records }) => ({
              id,
              text: foreignText(name),
              shown: <bdi>{foreignText(name)}</bdi>,
              aside: format(records),
            })),
          ]}
        />
      )}
      {offered.length > 0 && (
        <CheckboxGroup
          className="filter-group"
          value={chosen}
          onChange={(tag) => onChange({ tag: tag.length > 0 ? tag : undefined })}
        >
          <Label className="filter-title">{t('tags')}</Label>
          {offered.map((tag) => (
            <CheckBox key={tag} value={tag}>
              <bdi>{foreignText(tag)}</bdi>
              <span className="option-count">{format(countOf(tag))}</span>
            </CheckBox>
          ))}
        </CheckboxGroup>
      )}
    </>
  );
}
