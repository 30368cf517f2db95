import { catalogueOf, isLanguage, LANGUAGES } from '@touchstone/shared/words';
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Icon } from '../ui/icons.tsx';

export function LanguageSelect() {
  const { t, language, setLanguage } = useI18n();
  return (
    <Select className="field" value={language} onChange={(key) => isLanguage(key) && setLanguage(key)}>
      <Label className="filter-title">{t('section-language')}</Label>
      <Button className="input select-button">
        <SelectValue className="select-value" />
        <Icon name="next" size={16} />
      </Button>
      <Popover className="popover">
        <ListBox className="listbox">
          {LANGUAGES.map((one) => (
            <ListBoxItem key={one} id={one} textValue={catalogueOf(one).name} className="option">
              <bdi lang={one}>{catalogueOf(one).name}</bdi>
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
