import type { ResultRecord } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useRights } from './rights.ts';

/** Whose result it is, where that is somebody else's, and what may be done with it. */
export function SharedNote({ record }: { readonly record: Pick<ResultRecord, 'shared'> }) {
  const { t } = useI18n();
  const { mayEdit } = useRights();
  const { shared } = record;
  if (!shared) return null;
  return (
    <p className="help">
      {t('record-of', { name: foreignText(shared.owner) })}{' '}
      {shared.right === 'view' ? t('record-view') : mayEdit(record) && t('record-edit')}
    </p>
  );
}
