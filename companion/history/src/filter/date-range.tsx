import { useId } from 'react';
import { Button, Group, Input, Label, TextField } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { dayOf } from './filter-url.ts';

interface Days {
  readonly fromDay: string | undefined;
  readonly toDay: string | undefined;
}

interface Props {
  readonly filter: Partial<Days>;
  readonly onChange: (days: Days) => void;
}

/** First and last day, and the ranges that people ask for most. */
export function DateRange({ filter, onChange }: Props) {
  const { t } = useI18n();
  const title = useId();
  const { fromDay, toDay } = filter;
  const last = (days: number) => {
    const from = new Date();
    from.setDate(from.getDate() - (days - 1));
    return dayOf(from);
  };
  const presets = [1, 7, 30].map((days) => ({ days, from: last(days) }));
  return (
    <Group className="filter-group" aria-labelledby={title}>
      <span className="filter-title" id={title}>
        {t('dates')}
      </span>
      <div className="presets">
        {presets.map(({ days, from }) => {
          const active = fromDay === from && toDay === undefined;
          return (
            <Button
              key={days}
              className={active ? 'chip chip-active' : 'chip'}
              aria-pressed={active}
              onPress={() => onChange({ fromDay: active ? undefined : from, toDay: undefined })}
            >
              {days === 1 ? t('today') : t('last-days', { count: days })}
            </Button>
          );
        })}
      </div>
      <div className="date-row">
        <DayField label={t('from')} value={fromDay} max={toDay} onChange={(day) => onChange({ fromDay: day, toDay })} />
        <DayField label={t('to')} value={toDay} min={fromDay} onChange={(day) => onChange({ fromDay, toDay: day })} />
      </div>
    </Group>
  );
}

interface DayProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly onChange: (day: string | undefined) => void;
}

/** The browser's own date field: it knows the reader's order of day and month, and its picker is accessible. */
function DayField({ label, value, min, max, onChange }: DayProps) {
  return (
    <TextField className="field" value={value ?? ''} onChange={(day) => onChange(day || undefined)}>
      <Label>{label}</Label>
      <Input className="input" type="date" min={min} max={max} />
    </TextField>
  );
}
