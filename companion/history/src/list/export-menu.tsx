import type { ExportRequest } from '@touchstone/shared/api';
import { exportRecords } from '../api/companion.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { MenuButton } from '../ui/menu-button.tsx';
import { useSaving } from '../ui/use-saving.ts';
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
  const { t } = useI18n();
  const { busy, save } = useSaving();
  const run = (format: ExportFormat) =>
    void save(nameOf(format), async () => exportRecords({ ...(await what()), format }));
  return (
    <MenuButton
      isDisabled={isDisabled || busy}
      actions={FORMATS.map(([format, words]) => ({ id: format, words: t(words), run: () => run(format) }))}
    >
      {t(busy ? 'exporting' : 'export')}
    </MenuButton>
  );
}
