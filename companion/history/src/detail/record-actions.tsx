import { RECENT_PICTURE_MS, type ResultRecord } from '@touchstone/shared';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { RecheckDialog } from '../compare/recheck-dialog.tsx';
import { useI18n } from '../i18n/i18n-context.tsx';
import { ExportEvidence } from '../report/export-evidence.tsx';
import { Icon } from '../ui/icons.tsx';

interface Props {
  readonly record: ResultRecord;
  readonly onOpen: (id: string) => void;
}

/** What can be done with one result. Without a record in the log there is nothing to export or to check again. */
export function RecordActions({ record, onOpen }: Props) {
  const { t } = useI18n();
  const [rechecking, setRechecking] = useState(false);
  if (!record.logged) return null;
  return (
    <div className="record-actions">
      <ExportEvidence record={record} />
      {mayCheckAgain(record, Date.now()) ? (
        <>
          <Button className="button" onPress={() => setRechecking(true)}>
            <Icon name="again" size={18} />
            {t('recheck-open')}
          </Button>
          <RecheckDialog record={record} isOpen={rechecking} onClose={() => setRechecking(false)} onOpen={onOpen} />
        </>
      ) : (
        <p className="help">{t('recheck-not-kept')}</p>
      )}
    </div>
  );
}

/** Whether the bytes may still be there: a kept original, a video that the reader chooses, or a check of the last minutes. */
export function mayCheckAgain({ hasOriginal, source, at }: ResultRecord, now: number): boolean {
  return hasOriginal || source.kind === 'video' || now - at < RECENT_PICTURE_MS;
}
