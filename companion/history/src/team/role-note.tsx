import { useI18n } from '../i18n/i18n-context.tsx';
import { useRights } from './rights.ts';

/** Why a reader is offered nothing but looking. */
export function RoleNote() {
  const { t } = useI18n();
  const { mayWork } = useRights();
  return mayWork ? null : <p className="help">{t('role-only-look')}</p>;
}
