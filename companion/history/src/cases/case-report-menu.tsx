import { type Case, toErrorReport } from '@touchstone/shared';
import { useState } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { caseReportAddress, fetchCaseReport } from '../api/cases.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { errorSentences } from '../i18n/sentences.ts';
import { downloadBlob } from '../list/download-blob.ts';
import { printReport } from '../report/print-report.ts';
import { caseReportName } from '../report/report-name.ts';
import { useAnnouncer } from '../ui/announcer.tsx';
import { Icon } from '../ui/icons.tsx';

/** One report of all results of a case, to save or to print. */
export function CaseReportMenu({ of }: { readonly of: Case }) {
  const { t, language } = useI18n();
  const { show } = useAnnouncer();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const name = caseReportName(of, new Date());
      downloadBlob(await fetchCaseReport(of.id, language), name);
      show(t('exported', { name }));
    } catch (error) {
      const { message, nextStep } = errorSentences(language, toErrorReport(error));
      show(`${message} ${nextStep}`, 'error');
    } finally {
      setBusy(false);
    }
  };
  const print = () => {
    printReport(caseReportAddress(of.id, language));
    show(t('print-hint'));
  };
  return (
    <MenuTrigger>
      <Button className="button" isDisabled={busy || of.records === 0}>
        {t(busy ? 'exporting' : 'case-report')}
        <Icon name="next" size={16} />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu">
          <MenuItem className="option" onAction={() => void save()}>
            {t('report-html')}
          </MenuItem>
          <MenuItem className="option" onAction={print}>
            {t('report-pdf')}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
