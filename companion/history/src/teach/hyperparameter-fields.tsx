import { HYPERPARAMETERS, type HyperparameterName, type TrainingSettings } from '@touchstone/shared';
import { numberFormat } from '@touchstone/shared/words';
import { FieldError, Group, Input, Label, NumberField, Text } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';

export type Hyperparameters = Pick<TrainingSettings, HyperparameterName>;

const WORDS = {
  penalty: ['teach-penalty', 'teach-penalty-help'],
  neighbours: ['teach-neighbours', 'teach-neighbours-help'],
  hidden: ['teach-hidden', 'teach-hidden-help'],
  testShare: ['teach-test-share', 'teach-test-share-help'],
  seed: ['teach-seed', 'teach-seed-help'],
} as const;

const NAMES: readonly HyperparameterName[] = ['penalty', 'neighbours', 'hidden', 'testShare', 'seed'];
/** Penalties go down to a ten-millionth. */
const DIGITS = 7;

interface Props {
  readonly model: TrainingSettings['model'];
  readonly values: Partial<Hyperparameters>;
  readonly onChange: (values: Partial<Hyperparameters>) => void;
}

/** What the chosen model is set by, each with its ends and a sentence. */
export function HyperparameterFields({ model, values, onChange }: Props) {
  const { t, locale } = useI18n();
  const number = numberFormat(locale, { maximumFractionDigits: DIGITS });
  return (
    <details className="disclosure">
      <summary>{t('teach-settings-more')}</summary>
      <div className="teach-numbers">
        {NAMES.filter((name) => HYPERPARAMETERS[name].models.some((one) => one === model)).map((name) => {
          const { least, most, whole, default: usual } = HYPERPARAMETERS[name];
          const ends = { low: number.format(least), high: number.format(most) };
          return (
            <NumberField
              key={name}
              className="field"
              value={values[name] ?? usual ?? Number.NaN}
              minValue={least}
              maxValue={most}
              {...(whole && { step: 1 })}
              formatOptions={{ maximumFractionDigits: whole ? 0 : DIGITS, useGrouping: false }}
              onChange={(value) => onChange({ ...values, [name]: Number.isNaN(value) ? usual : value })}
            >
              <Label>{t(WORDS[name][0])}</Label>
              <Group className="number-group">
                <Input className="input" />
              </Group>
              <Text slot="description" className="help teach-help">
                {t(WORDS[name][1])} {t('teach-range', ends)}.{usual === null && ` ${t('teach-automatic')}`}
              </Text>
              <FieldError className="field-error">{t('teach-number-invalid', ends)}</FieldError>
            </NumberField>
          );
        })}
      </div>
    </details>
  );
}
