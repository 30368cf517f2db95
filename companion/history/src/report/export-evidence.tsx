import { type ResultRecord, toErrorReport } from '@touchstone/shared';
import { useState } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { fetchReport, reportAddress } from '../api/evidence.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { errorSentences } from '../i18n/sentences.ts';
import { downloadBlob } from '../list/download-blob.ts';
import { useAnnouncer } from '../ui/announcer.tsx';
import { CheckBox } from '../ui/check-box.tsx';
import { Icon } from '../ui/icons.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';
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
  const [busy, setBusy] = useState(false);
  const hasPrivate = record.facts?.some((fact) => fact.private) ?? false;

  const run = async (format: Format, included: boolean) => {
    const wish = { format: format === 'json' ? 'json' : 'html', withPrivate: included, language } as const;
    setAsked(null);
    setWithPrivate(false);
    setBusy(true);
    try {
      if (format === 'pdf') {
        printReport(reportAddress(record.id, wish));
        show(t('print-hint'));
      } else {
        const name = reportName(record, wish.format);
        downloadBlob(await fetchReport(record.id, wish), name);
        show(t('exported', { name }));
      }
    } catch (error) {
      const { message, nextStep } = errorSentences(language, toErrorReport(error));
      show(`${message} ${nextStep}`, 'error');
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <MenuTrigger>
        <Button className="button" isDisabled={busy}>
          {t(busy ? 'exporting' : 'export-evidence')}
          <Icon name="next" size={16} />
        </Button>
        <Popover className="popover" placement="bottom start">
          <Menu className="menu">
            {FORMATS.map((format) => (
              <MenuItem
                key={format}
                className="option"
                onAction={() => (hasPrivate ? setAsked(format) : void run(format, false))}
              >
                {t(FORMAT_KEYS[format])}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      <ModalDialog
        title={t('private-title')}
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        actions={
          <>
            <Button className="button" onPress={() => setAsked(null)}>
              {t('cancel')}
            </Button>
            <Button className="button button-primary" onPress={() => asked && void run(asked, withPrivate)}>
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
