import { foreignText } from '@touchstone/shared/words';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useRights } from '../team/rights.ts';
import { Icon } from '../ui/icons.tsx';
import { CaseDialog } from './case-dialog.tsx';
import { CaseReportMenu } from './case-report-menu.tsx';
import { CaseStandingMark } from './case-standing.tsx';
import { CaseText } from './case-text.tsx';
import { ShareButton } from './share-button.tsx';
import { useCases } from './use-cases.ts';

interface Props {
  readonly id: string;
  /** All results are wanted again. */
  readonly onLeave: () => void;
}

/** What the list shows the results of, while it shows those of a case. */
export function CaseHead({ id, onLeave }: Props) {
  const { t } = useI18n();
  const { data } = useCases();
  const { mayEditCase } = useRights();
  const [editing, setEditing] = useState(false);
  const one = data?.find((other) => other.id === id);
  if (!data) return null;
  return (
    <section className="case-head" aria-label={t('case')}>
      <div className="case-head-line">
        <Icon name="folder" />
        <h2>{one ? <bdi>{foreignText(one.name)}</bdi> : t('case-gone')}</h2>
        {one && <CaseStandingMark of={one} />}
        <span className="spacer" />
        {one && <CaseReportMenu of={one} />}
        {one && <ShareButton of={one} />}
        {one && mayEditCase(one) && (
          <Button className="button" onPress={() => setEditing(true)}>
            {t('edit-case')}
          </Button>
        )}
        {!one && (
          <Button className="button" onPress={onLeave}>
            {t('clear-filters')}
          </Button>
        )}
      </div>
      {one && (one.note !== '' || one.tags.length > 0) && (
        <div className="case-head-text">
          <CaseText of={one} />
        </div>
      )}
      <CaseDialog of={editing && one ? one : null} onClose={() => setEditing(false)} />
    </section>
  );
}
