import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type CompanionSettings, toErrorReport } from '@touchstone/shared';
import { useState } from 'react';
import { Button, Form, Group } from 'react-aria-components';
import { changeSettings, fetchSettings } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { VerifyLog } from '../report/verify-log.tsx';
import { AccountSection } from '../team/account-section.tsx';
import { useTeam } from '../team/team-context.tsx';
import { useAnnouncer } from '../ui/announcer.tsx';
import { CheckBox } from '../ui/check-box.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';
import { AutostartField } from './autostart-field.tsx';
import { LanguageSelect } from './language-select.tsx';
import { PairedBrowserList } from './paired-browser-list.tsx';
import { RetentionFields } from './retention-fields.tsx';

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Retention, pictures kept, paired browsers, language. */
export function SettingsDialog({ isOpen, onClose }: Props) {
  const { t } = useI18n();
  const team = useTeam();
  const settings = useQuery({
    queryKey: keys.settings,
    queryFn: ({ signal }) => fetchSettings(signal),
    enabled: isOpen && !team,
  });
  if (team) {
    return (
      <ModalDialog title={t('settings')} isOpen={isOpen} onClose={onClose} wide>
        <AccountSection {...team} />
        <PairedBrowserList />
        {team.person?.role === 'admin' && <VerifyLog />}
        <section className="settings-section">
          <LanguageSelect />
        </section>
      </ModalDialog>
    );
  }
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
      <AutostartField />
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
      const { retentionDays, retentionBytes = null, keepThumbnails, keepOriginals } = draft;
      return changeSettings({ retentionDays, retentionBytes, keepThumbnails, keepOriginals });
    },
    onSuccess: (saved) => {
      client.setQueryData(keys.settings, saved);
      show(t('settings-saved'));
    },
  });
  return (
    <Form
      className="settings-section"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending) mutate();
      }}
    >
      <RetentionFields value={draft} onChange={(retention) => setDraft({ ...draft, ...retention })} />
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
