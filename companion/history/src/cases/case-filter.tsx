import { foreignText, numberFormat } from '@touchstone/shared/words';
import {
  Button,
  CheckboxGroup,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
} from 'react-aria-components';
import type { PageFilter } from '../filter/filter-url.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { CheckBox } from '../ui/check-box.tsx';
import { Icon } from '../ui/icons.tsx';
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
        <Select
          className="field filter-group"
          value={filter.case ?? ANY}
          onChange={(key) => onChange({ case: String(key ?? ANY) || undefined })}
        >
          <Label className="filter-title">{t('case')}</Label>
          <Button className="input select-button">
            <SelectValue className="select-value" />
            <Icon name="next" size={16} />
          </Button>
          <Popover className="popover">
            <ListBox className="listbox">
              <ListBoxItem id={ANY} textValue={t('any-case')} className="option">
                {t('any-case')}
              </ListBoxItem>
              {cases.map((one) => (
                <ListBoxItem key={one.id} id={one.id} textValue={foreignText(one.name)} className="option">
                  <bdi className="option-name">{foreignText(one.name)}</bdi>
                  <span className="option-count">{format(one.records)}</span>
                </ListBoxItem>
              ))}
            </ListBox>
          </Popover>
        </Select>
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
