import { type CompanionStatus, packLabel } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Icon } from '../ui/icons.tsx';

interface Props {
  readonly packs: CompanionStatus['packs'];
  /** `name@version` */
  readonly value: string | null;
  readonly isDisabled: boolean;
  readonly onChange: (name: string | null) => void;
}

/** One of the packs that are installed. */
export function PackChoice({ packs, value, isDisabled, onChange }: Props) {
  const { t } = useI18n();
  return (
    <Select
      className="field"
      value={value}
      isDisabled={isDisabled}
      onChange={(key) => onChange(key === null ? null : String(key))}
    >
      <Label className="filter-title">{t('pack')}</Label>
      <Button className="input select-button">
        <SelectValue className="select-value" />
        <Icon name="next" size={16} />
      </Button>
      <Popover className="popover">
        <ListBox className="listbox">
          {packs.map(({ name, version, tier }) => (
            <ListBoxItem
              key={packLabel({ name, version })}
              id={packLabel({ name, version })}
              textValue={name}
              className="option"
            >
              <span className="option-name">
                {t('pack-version', { name: foreignText(name), version: foreignText(version) })}
              </span>
              <span className="option-count">{t(tier === 'quick' ? 'tier-quick' : 'tier-thorough')}</span>
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
