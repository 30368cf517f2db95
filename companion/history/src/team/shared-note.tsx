import type { ResultRecord } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { useI18n } from '../i18n/i18n-context.tsx';

/** Whose result it is, where that is somebody else's, and what may be done with it. */
export function SharedNote({ record: { shared } }: { readonly record: Pick<ResultRecord, 'shared'> }) {
  const { t } = useI18n();
  if (!shared) return null;
  return (
    <p className="help">
      {t('record-of', { name: foreignText(shared.owner) })} {t(shared.right === 'view' ? 'record-view' : 'record-edit')}
    </p>
  );
}
