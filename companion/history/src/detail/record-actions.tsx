import { useQuery } from '@tanstack/react-query';
import type { ResultRecord } from '@touchstone/shared';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { fetchStatus } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import { bytesAtHand } from '../compare/bytes-at-hand.ts';
import { RecheckDialog } from '../compare/recheck-dialog.tsx';
import { useI18n } from '../i18n/i18n-context.tsx';
import { ExportEvidence } from '../report/export-evidence.tsx';
import { useRights } from '../team/rights.ts';
import { Icon } from '../ui/icons.tsx';

interface Props {
  readonly record: ResultRecord;
  readonly onOpen: (id: string) => void;
}

/** What can be done with one result. Without a record in the log there is nothing to export or to check again. */
export function RecordActions({ record, onOpen }: Props) {
  const { t } = useI18n();
  const { mayWork } = useRights();
  const [rechecking, setRechecking] = useState(false);
  const status = useQuery({ queryKey: keys.status, queryFn: ({ signal }) => fetchStatus(signal) });
  if (!record.logged) return null;
  const mustChoose = bytesAtHand(record, { now: Date.now(), startedAt: status.data?.startedAt }) === 'none';
  return (
    <div className="record-actions">
      <ExportEvidence record={record} />
      {mayWork && (
        <>
          {mustChoose && record.source.kind !== 'video' && <p className="help">{t('recheck-not-kept')}</p>}
          <Button className="button" onPress={() => setRechecking(true)}>
            <Icon name="again" size={18} />
            {t(mustChoose ? 'recheck-open-file' : 'recheck-open')}
          </Button>
          <RecheckDialog record={record} isOpen={rechecking} onClose={() => setRechecking(false)} onOpen={onOpen} />
        </>
      )}
    </div>
  );
}
