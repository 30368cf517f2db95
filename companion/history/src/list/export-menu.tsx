import { toErrorReport } from '@touchstone/shared';
import type { ExportRequest } from '@touchstone/shared/api';
import { useState } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { exportRecords } from '../api/companion.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { errorSentences } from '../i18n/sentences.ts';
import { useAnnouncer } from '../ui/announcer.tsx';
import { Icon } from '../ui/icons.tsx';
import { downloadBlob } from './download-blob.ts';
import type { ExportFormat } from './export-name.ts';

interface Props {
  /** Which records; asked when a format is chosen. */
  readonly what: () => Promise<Omit<ExportRequest, 'format'>>;
  readonly nameOf: (format: ExportFormat) => string;
  readonly isDisabled?: boolean;
}

const FORMATS = [
  ['csv', 'export-csv'],
  ['json', 'report-json'],
  ['jsonl', 'export-jsonl'],
] as const;

/** Saves records as a file of the format that is chosen. */
export function ExportMenu({ what, nameOf, isDisabled = false }: Props) {
  const { t, language } = useI18n();
  const { show } = useAnnouncer();
  const [busy, setBusy] = useState(false);
  const run = async (format: ExportFormat) => {
    setBusy(true);
    try {
      const name = nameOf(format);
      downloadBlob(await exportRecords({ ...(await what()), format }), name);
      show(t('exported', { name }));
    } catch (error) {
      const { message, nextStep } = errorSentences(language, toErrorReport(error));
      show(`${message} ${nextStep}`, 'error');
    } finally {
      setBusy(false);
    }
  };
  return (
    <MenuTrigger>
      <Button className="button" isDisabled={isDisabled || busy}>
        {busy ? t('exporting') : t('export')}
        <Icon name="next" size={16} />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu">
          {FORMATS.map(([format, words]) => (
            <MenuItem key={format} className="option" onAction={() => void run(format)}>
              {t(words)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
