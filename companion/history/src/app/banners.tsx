import type { CompanionStatus } from '@touchstone/shared';
import { Button } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { errorSentences } from '../i18n/sentences.ts';
import { useLive } from '../live/live-context.tsx';
import { Icon } from '../ui/icons.tsx';

type Warnings = NonNullable<CompanionStatus['warnings']>;

interface Props {
  readonly paused: boolean;
  /** What the companion says goes wrong now. */
  readonly warnings: Warnings;
  readonly onResume: () => void;
}

/** What a reader must know before trusting the list: no connection, or nothing is being recorded. */
export function Banners({ paused, warnings, onResume }: Props) {
  const { t } = useI18n();
  const { connection, retryNow } = useLive();
  if (connection === 'offline') {
    return (
      <div className="banner banner-offline" role="alert">
        <Icon name="warning" />
        <p>
          <strong>{t('offline-title')}</strong> {t('offline-step')}
        </p>
        <Button className="button" onPress={retryNow}>
          {t('try-now')}
        </Button>
      </div>
    );
  }
  return (
    <>
      {warnings.map((warning) => (
        <WarningBanner key={warning.code} warning={warning} />
      ))}
      {paused && <PausedBanner onResume={onResume} />}
    </>
  );
}

function WarningBanner({ warning: { code, text } }: { readonly warning: Warnings[number] }) {
  const { language } = useI18n();
  const { message, nextStep } = errorSentences(language, { code, message: text, nextStep: '' });
  return (
    <div className="banner banner-offline" role="alert" data-code={code}>
      <Icon name="warning" />
      <p>
        <strong>{message}</strong> {nextStep}
      </p>
    </div>
  );
}

function PausedBanner({ onResume }: Pick<Props, 'onResume'>) {
  const { t } = useI18n();
  return (
    <div className="banner banner-paused" role="status">
      <Icon name="pause" />
      <p>
        <strong>{t('recording-paused-title')}</strong> {t('recording-paused-text')}
      </p>
      <Button className="button" onPress={onResume}>
        {t('resume-recording')}
      </Button>
    </div>
  );
}
