import { numberFormat } from '@touchstone/shared/words';
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Icon } from '../ui/icons.tsx';

interface Props {
  readonly packs: readonly { readonly value: string; readonly count: number }[];
  readonly value: string | undefined;
  readonly onChange: (pack: string | undefined) => void;
}

const ANY = '';

export function PackSelect({ packs, value, onChange }: Props) {
  const { t, locale } = useI18n();
  const known = value && !packs.some((pack) => pack.value === value) ? [{ value, count: 0 }, ...packs] : packs;
  return (
    <Select
      className="field filter-group"
      value={value ?? ANY}
      onChange={(key) => onChange(String(key ?? ANY) || undefined)}
    >
      <Label className="filter-title">{t('pack')}</Label>
      <Button className="input select-button">
        <SelectValue className="select-value" />
        <Icon name="next" size={16} />
      </Button>
      <Popover className="popover">
        <ListBox className="listbox">
          <ListBoxItem id={ANY} textValue={t('any-pack')} className="option">
            {t('any-pack')}
          </ListBoxItem>
          {known.map((pack) => (
            <ListBoxItem key={pack.value} id={pack.value} textValue={pack.value} className="option">
              <bdi className="option-name">{pack.value.replace('@', ' ')}</bdi>
              <span className="option-count">{numberFormat(locale).format(pack.count)}</span>
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
