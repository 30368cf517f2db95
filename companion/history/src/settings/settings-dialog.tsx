import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type CompanionSettings, MAX_RETENTION_DAYS, toErrorReport } from '@touchstone/shared';
import { useState } from 'react';
import { Button, FieldError, Form, Group, Input, Label, NumberField, Radio, RadioGroup } from 'react-aria-components';
import { changeSettings, fetchSettings } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { VerifyLog } from '../report/verify-log.tsx';
import { useAnnouncer } from '../ui/announcer.tsx';
import { CheckBox } from '../ui/check-box.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';
import { LanguageSelect } from './language-select.tsx';
import { PairedBrowserList } from './paired-browser-list.tsx';

/** What "for a number of days" starts with. */
const SUGGESTED_DAYS = 90;

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Retention, pictures kept, paired browsers, language. */
export function SettingsDialog({ isOpen, onClose }: Props) {
  const { t } = useI18n();
  const settings = useQuery({
    queryKey: keys.settings,
    queryFn: ({ signal }) => fetchSettings(signal),
    enabled: isOpen,
  });
  return (
    <ModalDialog title={t('settings')} isOpen={isOpen} onClose={onClose} wide>
      {settings.data ? (
        <KeepingForm settings={settings.data} />
      ) : settings.error ? (
        <div role="alert">
          <ErrorMessage error={settings.error} />
        </div>
      ) : (
        <p role="status">{t('loading')}</p>
      )}
      <PairedBrowserList />
      <VerifyLog />
      <section className="settings-section">
        <LanguageSelect />
      </section>
    </ModalDialog>
  );
}

function KeepingForm({ settings }: { readonly settings: CompanionSettings }) {
  const { t } = useI18n();
  const { show } = useAnnouncer();
  const client = useQueryClient();
  const [draft, setDraft] = useState(settings);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => {
      const { retentionDays, keepThumbnails, keepOriginals } = draft;
      return changeSettings({ retentionDays, keepThumbnails, keepOriginals });
    },
    onSuccess: (saved) => {
      client.setQueryData(keys.settings, saved);
      show(t('settings-saved'));
    },
  });
  const limited = draft.retentionDays !== null;
  return (
    <Form
      className="settings-section"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending) mutate();
      }}
    >
      <RadioGroup
        className="filter-group"
        value={limited ? 'days' : 'forever'}
        onChange={(value) => setDraft({ ...draft, retentionDays: value === 'days' ? SUGGESTED_DAYS : null })}
      >
        <Label className="filter-title">{t('retention')}</Label>
        <RadioChoice value="forever" name={t('retention-forever')} />
        <RadioChoice value="days" name={t('retention-days')} />
      </RadioGroup>
      {limited && (
        <NumberField
          className="field days-field"
          value={draft.retentionDays ?? SUGGESTED_DAYS}
          minValue={1}
          maxValue={MAX_RETENTION_DAYS}
          isRequired
          onChange={(days) => setDraft({ ...draft, retentionDays: Number.isNaN(days) ? SUGGESTED_DAYS : days })}
        >
          <Label>{t('days')}</Label>
          <Group className="number-group">
            <Button slot="decrement" className="button-icon">
              −
            </Button>
            <Input className="input" />
            <Button slot="increment" className="button-icon">
              +
            </Button>
          </Group>
          <p className="help">{t('retention-warning')}</p>
          <FieldError className="field-error">{t('days-invalid')}</FieldError>
        </NumberField>
      )}
      <Group className="filter-group" aria-label={t('pictures')}>
        <span className="filter-title">{t('pictures')}</span>
        <CheckBox isSelected={draft.keepThumbnails} onChange={(on) => setDraft({ ...draft, keepThumbnails: on })}>
          {t('keep-thumbnails')}
          <span className="help">{t('keep-thumbnails-help')}</span>
        </CheckBox>
        <CheckBox isSelected={draft.keepOriginals} onChange={(on) => setDraft({ ...draft, keepOriginals: on })}>
          {t('keep-originals')}
          <span className="help">{t('keep-originals-help')}</span>
        </CheckBox>
      </Group>
      {error && (
        <div role="alert" data-code={toErrorReport(error).code}>
          <ErrorMessage error={error} />
        </div>
      )}
      <Button type="submit" className="button button-primary">
        {t('save')}
      </Button>
    </Form>
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
