import type { Case } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Icon } from '../ui/icons.tsx';

/** Who else sees a case, or whose it is; nothing of one that is somebody's alone. */
export function CaseStandingMark({ of: { standing } }: { readonly of: Pick<Case, 'standing'> }) {
  const { t } = useI18n();
  if (!standing?.shared) return null;
  return (
    <span className="chip case-standing">
      <Icon name="people" size={16} />
      <span className="chip-text">
        {standing.right === 'own' ? t('case-shared') : t('case-shared-by', { name: foreignText(standing.owner) })}
      </span>
    </span>
  );
}
