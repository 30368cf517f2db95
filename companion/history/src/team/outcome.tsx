import { useI18n } from '../i18n/i18n-context.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';

/** That the browser is asking, or why it did not work. */
export function Outcome({ isPending, error }: { readonly isPending: boolean; readonly error: Error | null }) {
  const { t } = useI18n();
  return (
    <>
      <p role="status" className="help">
        {isPending ? t('team-waiting') : ''}
      </p>
      {error && !isPending && (
        <div role="alert">
          <ErrorMessage error={error} />
        </div>
      )}
    </>
  );
}
