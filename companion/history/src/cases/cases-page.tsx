import type { Case } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { useId, useRef, useState } from 'react';
import { Button, Input, SearchField } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useRights } from '../team/rights.ts';
import { RoleNote } from '../team/role-note.tsx';
import { formatMoment } from '../text/format.ts';
import { Icon } from '../ui/icons.tsx';
import { ViewPage } from '../ui/view-page.tsx';
import { CaseDialog } from './case-dialog.tsx';
import { CaseReportMenu } from './case-report-menu.tsx';
import { CaseStandingMark } from './case-standing.tsx';
import { CaseText } from './case-text.tsx';
import { DeleteCaseDialog } from './delete-case-dialog.tsx';
import { ShareButton } from './share-button.tsx';
import { useCases } from './use-cases.ts';

/** Cases above which a field to find one is of use. */
const MANY_CASES = 8;

interface Props {
  readonly onClose: () => void;
  /** The results of a case are wanted. */
  readonly onShow: (id: string) => void;
}

/** All cases, with ways to make, read, change and delete them. */
export function CasesPage({ onClose, onShow }: Props) {
  const { t } = useI18n();
  const { mayWork } = useRights();
  const title = useRef<HTMLHeadingElement>(null);
  const { data, error, isPending } = useCases();
  const [edited, setEdited] = useState<Case | 'new' | null>(null);
  const [deleted, setDeleted] = useState<Case | null>(null);
  const [wanted, setWanted] = useState('');
  const shown = (data ?? []).filter((one) => matches(one, wanted));
  return (
    <ViewPage
      title={t('cases')}
      lead={t('cases-lead')}
      headingRef={title}
      error={error}
      onClose={onClose}
      aside={
        mayWork && (
          <Button className="button button-primary" onPress={() => setEdited('new')}>
            <Icon name="folder" />
            {t('new-case')}
          </Button>
        )
      }
    >
      {isPending && <p role="status">{t('loading')}</p>}
      {data?.length === 0 && (
        <div className="cases-empty">
          <h3>{t('no-cases')}</h3>
          {mayWork ? <p>{t('no-cases-text')}</p> : <RoleNote />}
        </div>
      )}
      {(data?.length ?? 0) > MANY_CASES && (
        <SearchField className="search cases-search" aria-label={t('find-case')} value={wanted} onChange={setWanted}>
          <Icon name="search" />
          <Input className="search-input" placeholder={t('find-case')} />
        </SearchField>
      )}
      <ul className="case-list">
        {shown.map((one) => (
          <CaseItem
            key={one.id}
            of={one}
            onShow={() => onShow(one.id)}
            onEdit={() => setEdited(one)}
            onDelete={() => setDeleted(one)}
          />
        ))}
      </ul>
      <CaseDialog of={edited} onClose={() => setEdited(null)} />
      <DeleteCaseDialog
        asked={deleted}
        onClose={() => setDeleted(null)}
        // The button that was pressed is gone with its case.
        onDeleted={() => title.current?.focus()}
      />
    </ViewPage>
  );
}

interface ItemProps {
  readonly of: Case;
  readonly onShow: () => void;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}

function CaseItem({ of, onShow, onEdit, onDelete }: ItemProps) {
  const { t, locale } = useI18n();
  const { mayEditCase, mayOwnCase } = useRights();
  const name = useId();
  return (
    <li>
      <article className="case" aria-labelledby={name}>
        <h3 id={name}>
          <bdi>{foreignText(of.name)}</bdi>
        </h3>
        <p className="help">
          {t('results', { count: of.records })} · {t('case-changed', { date: formatMoment(locale, of.updatedAt) })}
        </p>
        <CaseStandingMark of={of} />
        {of.standing?.right === 'view' && <p className="help">{t('case-view')}</p>}
        <CaseText of={of} />
        <div className="case-buttons">
          <Button className="button" onPress={onShow} aria-describedby={name}>
            {t('show-case')}
          </Button>
          <CaseReportMenu of={of} />
          <ShareButton of={of} describedBy={name} />
          {mayEditCase(of) && (
            <Button className="button" onPress={onEdit} aria-describedby={name}>
              {t('edit-case')}
            </Button>
          )}
          {mayOwnCase(of) && (
            <Button className="button button-danger-quiet" onPress={onDelete} aria-describedby={name}>
              {t('delete-case')}
            </Button>
          )}
        </div>
      </article>
    </li>
  );
}

/** Whether every word that was typed stands in name, note or tags. */
function matches({ name, note, tags }: Case, wanted: string): boolean {
  const text = [name, note, ...tags].join(' ').toLowerCase();
  return wanted
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => text.includes(word));
}
