import { Button, FileTrigger, Switch, ToggleButton } from 'react-aria-components';
import { ACCEPTED_TYPES } from '../files/file-kind.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useLive } from '../live/live-context.tsx';
import type { useRecording } from '../settings/use-recording.ts';
import { useRights } from '../team/rights.ts';
import { useTeam } from '../team/team-context.tsx';
import { TeamMenu } from '../team/team-menu.tsx';
import { Icon } from '../ui/icons.tsx';
import type { SidePage } from './address.ts';
import { Mark } from './mark.tsx';

interface Props {
  readonly recording: ReturnType<typeof useRecording>;
  readonly onFiles: (files: readonly File[]) => void;
  readonly page: SidePage | undefined;
  readonly onPage: (page: SidePage) => void;
  readonly onSettings: () => void;
}

const CONNECTION_KEYS = { live: 'live', connecting: 'state-connecting', offline: 'offline' } as const;

export function TopBar({ recording, onFiles, page, onPage, onSettings }: Props) {
  const { t } = useI18n();
  const { connection } = useLive();
  const team = useTeam();
  const { mayWork, mayManage } = useRights();
  const { status, paused, setPaused } = recording;
  const runsOn = status && t('history-runs-on', { version: status.version, provider: status.provider });
  return (
    <header className="top-bar">
      <Mark size={28} />
      <h1 className="top-title">
        <span className="top-app">{t('popup-title')}</span> {t('history')}
      </h1>
      <span className={`connection connection-${connection}`} title={runsOn}>
        <span className="connection-dot" aria-hidden="true" />
        {t(CONNECTION_KEYS[connection])}
      </span>
      <span className="spacer" />
      {!team && (
        <Switch
          className="switch"
          isSelected={!paused}
          isDisabled={!status || connection === 'offline'}
          onChange={(on) => setPaused(!on)}
        >
          <span className="switch-track" aria-hidden="true">
            <span className="switch-knob" />
          </span>
          <span className="switch-name">{t('recording')}</span>
        </Switch>
      )}
      {mayWork && (
        <FileTrigger allowsMultiple acceptedFileTypes={ACCEPTED_TYPES} onSelect={(list) => list && onFiles([...list])}>
          <Button className="button button-primary" aria-description={t('check-files-hint')}>
            <Icon name="upload" />
            <span className="button-words">{t('check-files')}</span>
          </Button>
        </FileTrigger>
      )}
      <ToggleButton
        className="button-icon"
        aria-label={t('cases')}
        isSelected={page === 'cases'}
        onChange={() => onPage('cases')}
      >
        <Icon name="folder" />
      </ToggleButton>
      {!team && (
        <ToggleButton
          className="button-icon"
          aria-label={t('teach')}
          isSelected={page === 'teach'}
          onChange={() => onPage('teach')}
        >
          <Icon name="label" />
        </ToggleButton>
      )}
      {mayManage && (
        <ToggleButton
          className="button-icon"
          aria-label={t('system')}
          isSelected={page === 'system'}
          onChange={() => onPage('system')}
        >
          <Icon name="gauge" />
        </ToggleButton>
      )}
      {team && <TeamMenu {...team} onPage={onPage} />}
      <Button className="button-icon" aria-label={t('settings')} onPress={onSettings}>
        <Icon name="settings" />
      </Button>
    </header>
  );
}
