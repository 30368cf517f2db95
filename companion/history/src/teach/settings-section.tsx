import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Dataset, toErrorReport } from '@touchstone/shared';
import { useState } from 'react';
import { Button, FieldError, Form, Input, Label, Radio, RadioGroup, TextField } from 'react-aria-components';
import { keys } from '../api/query-keys.ts';
import { beginTraining } from '../api/teach.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { FigureSection } from '../system/figure-section.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';

const STARTS = ['base', 'scratch'] as const;
type Start = (typeof STARTS)[number];
const WORDS = {
  base: ['teach-start-base', 'teach-start-base-help'],
  scratch: ['teach-start-scratch', 'teach-start-scratch-help'],
} as const;

/** What is taught from the newest data set, and the button that begins. */
export function SettingsSection({ dataset }: { readonly dataset: Dataset | undefined }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const [name, setName] = useState('mine');
  const [start, setStart] = useState<Start>('base');
  const { mutate, isPending, error } = useMutation({
    mutationFn: (id: string) => beginTraining(id, { name, start }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.trainings }),
  });
  const ready = dataset?.state === 'completed';
  return (
    <FigureSection title={t('settings')}>
      <Form
        className="teach-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (dataset && ready && !isPending) mutate(dataset.id);
        }}
      >
        <TextField className="field" value={name} onChange={setName} isRequired pattern="[a-z0-9][a-z0-9.\-]{0,63}">
          <Label>{t('teach-name')}</Label>
          <Input className="input" dir="ltr" />
          <FieldError className="field-error">{t('teach-name-invalid')}</FieldError>
        </TextField>
        <RadioGroup
          className="filter-group"
          value={start}
          onChange={(value) => setStart(STARTS.find((one) => one === value) ?? 'base')}
        >
          <Label className="filter-title">{t('teach-start')}</Label>
          {STARTS.map((one) => (
            <Radio key={one} className="radio" value={one}>
              <span className="radio-dot" aria-hidden="true" />
              <span>
                {t(WORDS[one][0])}
                <span className="help teach-help">{t(WORDS[one][1])}</span>
              </span>
            </Radio>
          ))}
        </RadioGroup>
        {error && (
          <div role="alert" data-code={toErrorReport(error).code}>
            <ErrorMessage error={error} />
          </div>
        )}
        <Button type="submit" className="button button-primary" isDisabled={!ready || isPending}>
          {t('teach')}
        </Button>
      </Form>
    </FigureSection>
  );
}
