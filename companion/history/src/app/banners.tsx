import { Button } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useLive } from '../live/live-context.tsx';
import { Icon } from '../ui/icons.tsx';

interface Props {
  readonly paused: boolean;
  readonly onResume: () => void;
}

/** What a reader must know before trusting the list: no connection, or nothing is being recorded. */
export function Banners({ paused, onResume }: Props) {
  const { t } = useI18n();
  const { connection, retryNow } = useLive();
  if (connection === 'offline') {
    return (
      <div className="banner banner-offline" role="alert">
        <Icon name="warning" />
        <p>
          <strong>{t('offlineTitle')}</strong> {t('offlineStep')}
        </p>
        <Button className="button" onPress={retryNow}>
          {t('tryNow')}
        </Button>
      </div>
    );
  }
  if (!paused) return null;
  return (
    <div className="banner banner-paused" role="status">
      <Icon name="pause" />
      <p>
        <strong>{t('recordingPausedTitle')}</strong> {t('recordingPausedText')}
      </p>
      <Button className="button" onPress={onResume}>
        {t('resumeRecording')}
      </Button>
    </div>
  );
}
