import type { Case } from '@touchstone/shared';
import { caseReportAddress, fetchCaseReport } from '../api/cases.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { printReport } from '../report/print-report.ts';
import { caseReportName } from '../report/report-name.ts';
import { useAnnouncer } from '../ui/announcer.tsx';
import { MenuButton } from '../ui/menu-button.tsx';
import { useSaving } from '../ui/use-saving.ts';

/** One report of all results of a case, to save or to print. */
export function CaseReportMenu({ of }: { readonly of: Case }) {
  const { t, language } = useI18n();
  const { show } = useAnnouncer();
  const { busy, save } = useSaving();
  const print = () => {
    printReport(caseReportAddress(of.id, language));
    show(t('print-hint'));
  };
  return (
    <MenuButton
      isDisabled={busy || of.records === 0}
      actions={[
        {
          id: 'html',
          words: t('report-html'),
          run: () => void save(caseReportName(of, new Date()), () => fetchCaseReport(of.id, language)),
        },
        { id: 'pdf', words: t('report-pdf'), run: print },
      ]}
    >
      {t(busy ? 'exporting' : 'case-report')}
    </MenuButton>
  );
}
