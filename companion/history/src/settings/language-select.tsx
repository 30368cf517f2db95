import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { isLanguage, LANGUAGE_NAMES, LANGUAGES } from '../i18n/language.ts';
import { Icon } from '../ui/icons.tsx';

export function LanguageSelect() {
  const { t, language, setLanguage } = useI18n();
  return (
    <Select className="field" value={language} onChange={(key) => isLanguage(key) && setLanguage(key)}>
      <Label className="filter-title">{t('language')}</Label>
      <Button className="input select-button">
        <SelectValue className="select-value" />
        <Icon name="next" size={16} />
      </Button>
      <Popover className="popover">
        <ListBox className="listbox">
          {LANGUAGES.map((one) => (
            <ListBoxItem key={one} id={one} textValue={LANGUAGE_NAMES[one]} className="option">
              <bdi lang={one}>{LANGUAGE_NAMES[one]}</bdi>
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
