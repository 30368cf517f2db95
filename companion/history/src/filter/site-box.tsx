import { numberFormat } from '@touchstone/shared/words';
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Icon } from '../ui/icons.tsx';

interface Props {
  readonly sites: readonly { readonly value: string; readonly count: number }[];
  readonly value: string | undefined;
  readonly onChange: (site: string | undefined) => void;
}

/** Options shown at once; typing narrows them down. */
const SHOWN_SITES = 200;

/** Site of the page, chosen from those in the log. */
export function SiteBox({ sites, value, onChange }: Props) {
  const { t, locale } = useI18n();
  const named = sites.filter((site) => site.value !== '').slice(0, SHOWN_SITES);
  const items = value && !named.some((site) => site.value === value) ? [{ value, count: 0 }, ...named] : named;
  return (
    <ComboBox
      // A new value from outside (back button, "clear filters") must replace what was typed.
      key={value ?? ''}
      className="field filter-group"
      defaultItems={items}
      defaultSelectedKey={value ?? null}
      onSelectionChange={(key) => onChange(key === null ? undefined : String(key))}
      menuTrigger="focus"
      allowsEmptyCollection
    >
      <Label className="filter-title">{t('site')}</Label>
      <div className="combo">
        <Input className="input" placeholder={t('any-site')} />
        <Button className="combo-button" aria-label={t('show-sites')}>
          <Icon name="next" size={16} />
        </Button>
      </div>
      <Popover className="popover">
        <ListBox className="listbox" renderEmptyState={() => <p className="listbox-empty">{t('no-site')}</p>}>
          {(site: { value: string; count: number }) => (
            <ListBoxItem id={site.value} textValue={site.value} className="option">
              <bdi className="option-name">{site.value}</bdi>
              <span className="option-count">{numberFormat(locale).format(site.count)}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
