import { toErrorReport } from '@touchstone/shared';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { takeFromCase } from '../api/cases.ts';
import { type PageFilter, toHistoryFilter } from '../filter/filter-url.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { errorSentences } from '../i18n/sentences.ts';
import { NOTHING_SELECTED, type Selection } from '../list/selection.ts';
import { useRights } from '../team/rights.ts';
import { useAnnouncer } from '../ui/announcer.tsx';
import { AddToCase } from './add-to-case.tsx';
import { chosenRecords, leavingRecords } from './chosen-records.ts';
import { useCase, useRefreshFiled } from './use-cases.ts';

interface Props {
  readonly filter: PageFilter;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
}

/** What a selection can do with cases: go into one, and while a case is shown, out of it. */
export function CaseActions({ filter, selection, onSelect }: Props) {
  const { t } = useI18n();
  const shown = useCase(filter.case);
  const { mayWork, mayTakeOwn } = useRights();
  const done = () => onSelect(NOTHING_SELECTED);
  return (
    <>
      {mayWork && <AddToCase records={chosenRecords(selection, toHistoryFilter(filter))} onAdded={done} />}
      {/* Whoever may only look takes out what is their own. */}
      {filter.case !== undefined && shown && mayTakeOwn({}) && (
        <TakeFromCase filter={filter} caseId={filter.case} selection={selection} onTaken={done}>
          {t('take-from-case')}
        </TakeFromCase>
      )}
    </>
  );
}

interface TakeProps {
  readonly filter: PageFilter;
  readonly caseId: string;
  readonly selection: Selection;
  readonly onTaken: () => void;
  readonly children: string;
}

function TakeFromCase({ filter, caseId, selection, onTaken, children }: TakeProps) {
  const { t, language } = useI18n();
  const { show } = useAnnouncer();
  const refresh = useRefreshFiled();
  const [busy, setBusy] = useState(false);
  const take = async () => {
    setBusy(true);
    try {
      const { taken } = await takeFromCase(caseId, leavingRecords(selection, toHistoryFilter(filter)));
      show(t('taken-from-case', { count: taken }));
      onTaken();
    } catch (error) {
      const { message, nextStep } = errorSentences(language, toErrorReport(error));
      show(`${message} ${nextStep}`, 'error');
    } finally {
      setBusy(false);
      await refresh();
    }
  };
  return (
    <Button className="button" isPending={busy} onPress={() => void (busy || take())}>
      {children}
    </Button>
  );
}
