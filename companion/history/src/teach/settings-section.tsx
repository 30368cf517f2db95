import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Dataset, HYPERPARAMETERS, TAUGHT_MODELS, type TrainingSettings, toErrorReport } from '@touchstone/shared';
import type { MessageKey } from '@touchstone/shared/words';
import { useState } from 'react';
import { Button, FieldError, Form, Input, Label, Radio, RadioGroup, TextField } from 'react-aria-components';
import { keys } from '../api/query-keys.ts';
import { beginTraining } from '../api/teach.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { FigureSection } from '../system/figure-section.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import { HyperparameterFields, type Hyperparameters } from './hyperparameter-fields.tsx';

const STARTS = ['base', 'scratch'] as const;
/** Votes are no weights that could stay close to anything: they are added to what the pack says. */
const startWords = (model: TrainingSettings['model']) =>
  ({
    base: ['teach-start-base', model === 'neighbours' ? 'teach-start-votes-help' : 'teach-start-base-help'],
    scratch: ['teach-start-scratch', 'teach-start-scratch-help'],
  }) as const;
const MODEL_WORDS = {
  logistic: ['teach-model-logistic', 'teach-model-logistic-help'],
  neighbours: ['teach-model-neighbours', 'teach-model-neighbours-help'],
  perceptron: ['teach-model-perceptron', 'teach-model-perceptron-help'],
} as const;

/** What is taught from the newest data set, and the button that begins. */
export function SettingsSection({ dataset }: { readonly dataset: Dataset | undefined }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const [name, setName] = useState('mine');
  const [model, setModel] = useState<TrainingSettings['model']>('logistic');
  const [start, setStart] = useState<TrainingSettings['start']>('base');
  const [numbers, setNumbers] = useState<Partial<Hyperparameters>>({});
  const { mutate, isPending, error } = useMutation({
    mutationFn: (id: string) => beginTraining(id, { name, model, start, ...ofModel(numbers, model) }),
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
        <Choice title="teach-model" words={MODEL_WORDS} values={TAUGHT_MODELS} value={model} onChange={setModel} />
        <Choice title="teach-start" words={startWords(model)} values={STARTS} value={start} onChange={setStart} />
        <HyperparameterFields model={model} values={numbers} onChange={setNumbers} />
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

/** What was set for another model is not sent. */
const ofModel = (numbers: Partial<Hyperparameters>, model: TrainingSettings['model']): Partial<Hyperparameters> =>
  Object.fromEntries(
    Object.entries(numbers).filter(([name]) =>
      Object.entries(HYPERPARAMETERS).some(
        ([known, { models }]) => known === name && models.some((one) => one === model),
      ),
    ),
  );

interface ChoiceProps<Value extends string> {
  readonly title: MessageKey;
  /** Of each value its name, and a sentence. */
  readonly words: Readonly<Record<Value, readonly [name: MessageKey, help: MessageKey]>>;
  readonly values: readonly Value[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One of a few. */
function Choice<Value extends string>({ title, words, values, value, onChange }: ChoiceProps<Value>) {
  const { t } = useI18n();
  return (
    <RadioGroup
      className="filter-group"
      value={value}
      onChange={(given) => {
        const chosen = values.find((one) => one === given);
        if (chosen !== undefined) onChange(chosen);
      }}
    >
      <Label className="filter-title">{t(title)}</Label>
      {values.map((one) => (
        <Radio key={one} className="radio" value={one}>
          <span className="radio-dot" aria-hidden="true" />
          <span>
            {t(words[one][0])}
            <span className="help teach-help">{t(words[one][1])}</span>
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}
