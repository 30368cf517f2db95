import type { ResultRecord } from '@touchstone/shared';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { fetchReport, reportAddress } from '../api/evidence.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useAnnouncer } from '../ui/announcer.tsx';
import { CheckBox } from '../ui/check-box.tsx';
import { MenuButton } from '../ui/menu-button.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { printReport } from './print-report.ts';
import { reportName } from './report-name.ts';

const FORMATS = ['html', 'pdf', 'json'] as const;
type Format = (typeof FORMATS)[number];
const FORMAT_KEYS = { html: 'report-html', pdf: 'report-pdf', json: 'report-json' } as const;

/** Everything about one result as a file. Where the file knows a place or a serial number, asks before it leaves. */
export function ExportEvidence({ record }: { readonly record: ResultRecord }) {
  const { t, language } = useI18n();
  const { show } = useAnnouncer();
  const [asked, setAsked] = useState<Format | null>(null);
  const [withPrivate, setWithPrivate] = useState(false);
  const { busy, save } = useSaving();
  const hasPrivate = record.facts?.some((fact) => fact.private) ?? false;

  const run = (format: Format, included: boolean) => {
    const wish = { format: format === 'json' ? 'json' : 'html', withPrivate: included, language } as const;
    setAsked(null);
    setWithPrivate(false);
    if (format !== 'pdf') return void save(reportName(record, wish.format), () => fetchReport(record.id, wish));
    printReport(reportAddress(record.id, wish));
    show(t('print-hint'));
  };

  return (
    <>
      <MenuButton
        align="start"
        isDisabled={busy}
        actions={FORMATS.map((format) => ({
          id: format,
          words: t(FORMAT_KEYS[format]),
          run: () => (hasPrivate ? setAsked(format) : run(format, false)),
        }))}
      >
        {t(busy ? 'exporting' : 'export-evidence')}
      </MenuButton>
      <ModalDialog
        title={t('private-title')}
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        actions={
          <>
            <Button className="button" onPress={() => setAsked(null)}>
              {t('cancel')}
            </Button>
            <Button className="button button-primary" onPress={() => asked && run(asked, withPrivate)}>
              {t('export')}
            </Button>
          </>
        }
      >
        <p>{t('private-text')}</p>
        <CheckBox isSelected={withPrivate} onChange={setWithPrivate}>
          {t('private-include')}
        </CheckBox>
      </ModalDialog>
    </>
  );
}
