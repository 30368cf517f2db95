import { useQuery } from '@tanstack/react-query';
import { fetchSettings } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { VerifyLog } from '../report/verify-log.tsx';
import { useRights } from '../team/rights.ts';
import { useTeam } from '../team/team-context.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';
import { AutostartField } from './autostart-field.tsx';
import { KeepingForm } from './keeping-form.tsx';
import { LanguageSelect } from './language-select.tsx';
import { PairedBrowserList } from './paired-browser-list.tsx';

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Retention, pictures kept, paired browsers, language. */
export function SettingsDialog({ isOpen, onClose }: Props) {
  const { t } = useI18n();
  const team = useTeam();
  const { mayManage } = useRights();
  const settings = useQuery({
    queryKey: keys.settings,
    queryFn: ({ signal }) => fetchSettings(signal),
    enabled: isOpen && mayManage,
  });
  const keeping = settings.data ? (
    <KeepingForm settings={settings.data} />
  ) : settings.error ? (
    <div role="alert">
      <ErrorMessage error={settings.error} />
    </div>
  ) : (
    <p role="status">{t('loading')}</p>
  );
  if (team) {
    return (
      <ModalDialog title={t('settings')} isOpen={isOpen} onClose={onClose} wide>
        {mayManage && (
          <section className="settings-section" aria-labelledby="team-settings">
            <h3 className="filter-title" id="team-settings">
              {t('team-settings')}
            </h3>
            <p className="help">{t('team-settings-help')}</p>
            {keeping}
          </section>
        )}
        {mayManage && <VerifyLog />}
        <section className="settings-section">
          <LanguageSelect />
          <p className="help">{t('team-not-here')}</p>
        </section>
      </ModalDialog>
    );
  }
  return (
    <ModalDialog title={t('settings')} isOpen={isOpen} onClose={onClose} wide>
      {keeping}
      <AutostartField />
      <PairedBrowserList />
      <VerifyLog />
      <section className="settings-section">
        <LanguageSelect />
      </section>
    </ModalDialog>
  );
}
