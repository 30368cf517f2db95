import { useI18n } from '../i18n/i18n-context.tsx';
import { useTeam } from './team-context.tsx';

/** Why a reader is offered nothing but looking. */
export function RoleNote() {
  const { t } = useI18n();
  const team = useTeam();
  // Not of somebody who is not known yet.
  return team?.person?.role === 'reader' ? <p className="help">{t('role-only-look')}</p> : null;
}
