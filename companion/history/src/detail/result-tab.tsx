import { numberSource, type ResultRecord } from '@touchstone/shared';
import { Button } from 'react-aria-components';
import { FiledSection } from '../cases/filed-section.tsx';
import { FaceOutline } from '../explanation/face-outline.tsx';
import { HeatMapControl } from '../explanation/heat-map-control.tsx';
import { HeatOverlay } from '../explanation/heat-overlay.tsx';
import { useHeatMap } from '../explanation/use-heat-map.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { ProvenanceHead } from '../provenance/provenance-section.tsx';
import { useRights } from '../team/rights.ts';
import { RoleNote } from '../team/role-note.tsx';
import { SharedNote } from '../team/shared-note.tsx';
import { VideoTimeline } from '../timeline/video-timeline.tsx';
import { CaveatList } from './caveat-list.tsx';
import { EarlierNotes } from './earlier-notes.tsx';
import { LabelButtons, LabelShown } from './label-buttons.tsx';
import { NextSteps } from './next-steps.tsx';
import { RecordActions } from './record-actions.tsx';
import { RecordPicture } from './record-picture.tsx';
import { VerdictBlock } from './verdict-block.tsx';

interface Props {
  readonly record: ResultRecord;
  readonly name: string;
  readonly onOpen: (id: string) => void;
  readonly onEvidence: () => void;
}

/** What a reader asks first: the verdict, where it comes from, and what to do with it. */
export function ResultTab({ record, name, onOpen, onEvidence }: Props) {
  const { t } = useI18n();
  const heat = useHeatMap(record.id);
  const { mayWork, mayEdit } = useRights();
  const { verdict, provenance, timeline } = record;
  return (
    <>
      <div className="detail-picture">
        <RecordPicture record={record} name={name}>
          {heat.explanation && <HeatOverlay explanation={heat.explanation} />}
          {record.source.kind !== 'video' && <FaceOutline evidence={record.evidence} />}
        </RecordPicture>
        {/* Where the file itself decided, the model's places explain nothing. */}
        {mayWork && record.source.kind !== 'video' && numberSource(verdict) === 'model' && (
          <HeatMapControl heat={heat} verdict={verdict} />
        )}
      </div>
      <VerdictBlock record={record} />
      <RecordActions record={record} onOpen={onOpen} />
      {timeline && <VideoTimeline key={record.id} id={record.id} timeline={timeline} />}
      {provenance && (
        <ProvenanceHead provenance={provenance}>
          <Button className="button-link" onPress={onEvidence}>
            {t('history-show-credentials')}
          </Button>
        </ProvenanceHead>
      )}
      <CaveatList caveats={verdict.caveats} />
      <NextSteps record={record} />
      <EarlierNotes record={record} onOpen={onOpen} />
      <SharedNote record={record} />
      <RoleNote />
      {record.logged &&
        (mayEdit(record) ? <LabelButtons id={record.id} label={record.label} /> : <LabelShown label={record.label} />)}
      {record.logged && <FiledSection key={record.id} record={record} />}
    </>
  );
}
