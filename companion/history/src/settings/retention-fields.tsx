import {
  type CompanionSettings,
  MAX_RETENTION_BYTES,
  MAX_RETENTION_DAYS,
  MIN_RETENTION_BYTES,
} from '@touchstone/shared';
import { numberFormat } from '@touchstone/shared/words';
import { Button, FieldError, Group, Input, Label, NumberField, Radio, RadioGroup } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';

/** What "for a number of days" starts with. */
const SUGGESTED_DAYS = 90;
/** Bytes of a megabyte, as disks are sold. */
const MEGABYTE = 1_000_000;
/** What "as much as fits" starts with: some 30,000 results with previews. */
const SUGGESTED_BYTES = 1000 * MEGABYTE;

type Retention = Pick<CompanionSettings, 'retentionDays' | 'retentionBytes'>;

interface Props {
  readonly value: Retention;
  readonly onChange: (value: Retention) => void;
}

/** How long results are kept, and how much room they may take; whichever is reached first decides. */
export function RetentionFields({ value, onChange }: Props) {
  const { t, locale } = useI18n();
  const { retentionDays: days, retentionBytes: bytes = null } = value;
  const setDays = (retentionDays: number | null) => onChange({ ...value, retentionDays });
  const setBytes = (retentionBytes: number | null) => onChange({ ...value, retentionBytes });
  const number = numberFormat(locale);
  return (
    <>
      <RadioGroup
        className="filter-group"
        value={days === null ? 'forever' : 'days'}
        onChange={(choice) => setDays(choice === 'days' ? SUGGESTED_DAYS : null)}
      >
        <Label className="filter-title">{t('retention')}</Label>
        <RadioChoice value="forever" name={t('retention-forever')} />
        <RadioChoice value="days" name={t('retention-days')} />
      </RadioGroup>
      {days !== null && (
        <AmountField
          label={t('days')}
          value={days}
          minimum={1}
          maximum={MAX_RETENTION_DAYS}
          help={t('retention-warning')}
          invalid={t('days-invalid')}
          onChange={(amount) => setDays(Number.isNaN(amount) ? SUGGESTED_DAYS : amount)}
        />
      )}
      <RadioGroup
        className="filter-group"
        value={bytes === null ? 'any' : 'limited'}
        onChange={(choice) => setBytes(choice === 'limited' ? SUGGESTED_BYTES : null)}
      >
        <Label className="filter-title">{t('retention-room')}</Label>
        <RadioChoice value="any" name={t('retention-room-any')} />
        <RadioChoice value="limited" name={t('retention-room-limited')} />
      </RadioGroup>
      {bytes !== null && (
        <AmountField
          label={t('megabytes')}
          value={Math.round(bytes / MEGABYTE)}
          minimum={MIN_RETENTION_BYTES / MEGABYTE}
          maximum={MAX_RETENTION_BYTES / MEGABYTE}
          step={50}
          help={t('retention-room-warning')}
          invalid={t('megabytes-invalid', { least: number.format(MIN_RETENTION_BYTES / MEGABYTE) })}
          onChange={(amount) => setBytes(Number.isNaN(amount) ? SUGGESTED_BYTES : amount * MEGABYTE)}
        />
      )}
    </>
  );
}

interface AmountProps {
  readonly label: string;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  /** What the buttons change it by, and what is typed in is rounded to. */
  readonly step?: number;
  /** What happens when it is saved. */
  readonly help: string;
  readonly invalid: string;
  readonly onChange: (value: number) => void;
}

function AmountField({ label, value, minimum, maximum, step = 1, help, invalid, onChange }: AmountProps) {
  return (
    <NumberField
      className="field days-field"
      value={value}
      minValue={minimum}
      maxValue={maximum}
      step={step}
      isRequired
      onChange={onChange}
    >
      <Label>{label}</Label>
      <Group className="number-group">
        <Button slot="decrement" className="button-icon">
          −
        </Button>
        <Input className="input" />
        <Button slot="increment" className="button-icon">
          +
        </Button>
      </Group>
      <p className="help">{help}</p>
      <FieldError className="field-error">{invalid}</FieldError>
    </NumberField>
  );
}

function RadioChoice({ value, name }: { readonly value: string; readonly name: string }) {
  return (
    <Radio className="radio" value={value}>
      <span className="radio-dot" aria-hidden="true" />
      {name}
    </Radio>
  );
}
