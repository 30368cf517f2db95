import type { ResultRecord } from '@touchstone/shared';
import { useState } from 'react';
import { Button, type Key, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { FileFacts } from '../evidence/file-facts.tsx';
import { useI18n } from '../i18n/i18n-context.tsx';
import { ProvenanceSection } from '../provenance/provenance-section.tsx';
import { useRights } from '../team/rights.ts';
import { MediaFacts } from '../timeline/media-facts.tsx';
import { Icon } from '../ui/icons.tsx';
import { ExpertViews } from '../views/expert-views.tsx';
import { EvidenceTable } from './evidence-table.tsx';
import { ModelFacts, PictureSection, SourceFacts } from './facts.tsx';
import { ResultTab } from './result-tab.tsx';
import { Timings } from './timings.tsx';

interface Props {
  readonly record: ResultRecord;
  readonly name: string;
  readonly onOpen: (id: string) => void;
  readonly onDelete: (id: string) => void;
}

/** One result in three tabs: what it says, what it rests on, and ways to look at the picture. */
export function RecordDetail({ record, name, onOpen, onDelete }: Props) {
  const { t } = useI18n();
  const { mayOwn } = useRights();
  const [tab, setTab] = useState<Key>('result');
  const { timeline, provenance, facts } = record;
  const withViews = record.source.kind !== 'video';
  // The chosen tab stays while the reader goes from result to result, as far as there is one.
  const shown = tab === 'views' && !withViews ? 'result' : tab;
  return (
    <Tabs className="tabs" selectedKey={shown} onSelectionChange={setTab}>
      <TabList className="tab-list" aria-label={t('details')}>
        <Tab className="tab" id="result">
          {t('tab-result')}
        </Tab>
        <Tab className="tab" id="evidence">
          {t('evidence')}
        </Tab>
        {withViews && (
          <Tab className="tab" id="views">
            {t('views')}
          </Tab>
        )}
      </TabList>
      <TabPanel className="detail-body" id="result">
        <ResultTab record={record} name={name} onOpen={onOpen} onEvidence={() => setTab('evidence')} />
        {record.logged && mayOwn(record) && (
          <Button className="button button-danger-quiet" onPress={() => onDelete(record.id)}>
            <Icon name="trash" />
            {t('delete-one')}
          </Button>
        )}
      </TabPanel>
      <TabPanel className="detail-body" id="evidence">
        {provenance && <ProvenanceSection provenance={provenance} />}
        <EvidenceTable evidence={record.evidence} />
        {facts && <FileFacts key={record.id} facts={facts} />}
        <SourceFacts record={record} />
        {timeline ? (
          <MediaFacts timeline={timeline} picture={record.picture} />
        ) : (
          <PictureSection picture={record.picture} />
        )}
        <ModelFacts record={record} />
        <Timings timings={record.timings} />
      </TabPanel>
      {withViews && (
        <TabPanel className="detail-body" id="views">
          <ExpertViews id={record.id} name={name} hasThumbnail={record.hasThumbnail} />
        </TabPanel>
      )}
    </Tabs>
  );
}
