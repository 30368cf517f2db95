import { Button } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useRights } from '../team/rights.ts';
import { RoleNote } from '../team/role-note.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import { Icon } from '../ui/icons.tsx';

const SKELETON_ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;

/** Grey rows while the first page loads. */
export function ListSkeleton() {
  const { t } = useI18n();
  return (
    <div className="skeleton" role="status" aria-label={t('loading')}>
      {SKELETON_ROWS.map((row) => (
        <div key={row} className="skeleton-row">
          <span className="skeleton-box" />
          <span className="skeleton-lines" />
          <span className="skeleton-badge" />
        </div>
      ))}
    </div>
  );
}

/** Nothing yet: how to get the first result. */
export function NothingYet({ onCheckFiles }: { readonly onCheckFiles: () => void }) {
  const { t } = useI18n();
  const { mayWork } = useRights();
  return (
    <div className="empty">
      <span className="empty-mark">
        <Icon name="picture" size={40} />
      </span>
      <h2>{t('empty-title')}</h2>
      <p>{t(mayWork ? 'empty-text' : 'shared-in-cases')}</p>
      <RoleNote />
      {mayWork && <Steps onCheckFiles={onCheckFiles} />}
    </div>
  );
}

function Steps({ onCheckFiles }: { readonly onCheckFiles: () => void }) {
  const { t } = useI18n();
  return (
    <>
      <ol className="empty-steps">
        <li>{t('empty-step-extension')}</li>
        <li>{t('empty-step-drop')}</li>
      </ol>
      <Button className="button button-primary" onPress={onCheckFiles}>
        <Icon name="upload" />
        {t('check-files')}
      </Button>
    </>
  );
}

export function NothingMatches({ onClear }: { readonly onClear: () => void }) {
  const { t } = useI18n();
  return (
    <div className="empty">
      <span className="empty-mark">
        <Icon name="search" size={40} />
      </span>
      <h2>{t('empty-filter-title')}</h2>
      <p>{t('empty-filter-text')}</p>
      <Button className="button" onPress={onClear}>
        {t('clear-filters')}
      </Button>
    </div>
  );
}

interface FailedProps {
  readonly error: Error;
  readonly onRetry: () => void;
}

export function LoadFailed({ error, onRetry }: FailedProps) {
  const { t } = useI18n();
  return (
    <div className="empty" role="alert">
      <span className="empty-mark">
        <Icon name="warning" size={40} />
      </span>
      <h2>{t('history-error-title')}</h2>
      <ErrorMessage error={error} />
      <Button className="button button-primary" onPress={onRetry}>
        {t('try-again')}
      </Button>
    </div>
  );
}
