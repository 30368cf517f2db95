import type { TeamProcesses } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import { keys } from '../api/query-keys.ts';
import { fetchProcesses } from '../api/team.ts';
import { FigureSection } from '../system/figure-section.tsx';
import { FiguresPage } from '../system/figures-page.tsx';
import { FiguresTable } from '../system/figures-table.tsx';
import { useFiguresWords } from '../system/use-figures-words.ts';
import { formatSpan } from '../text/format.ts';
import { Icon } from '../ui/icons.tsx';
import { LANE_KEYS } from '../ui/verdict-words.ts';

const MS_PER_SECOND = 1000;

/** What a queue's name begins with. */
const QUEUES = /^checks\//;

/** How the processes of a team do: its workers and its queues, for admins. */
export function TeamSystemPage({ onClose }: { readonly onClose: () => void }) {
  const { t } = useFiguresWords();
  return (
    <FiguresPage lead={t('team-system-lead')} queryKey={keys.processes} ask={fetchProcesses} onClose={onClose}>
      {(data) => (
        <>
          <WorkerSection processes={data} />
          <QueueSection processes={data} />
        </>
      )}
    </FiguresPage>
  );
}

interface Props {
  readonly processes: TeamProcesses;
}

function WorkerSection({ processes: { version, workers } }: Props) {
  const { t, count } = useFiguresWords();
  return (
    <FigureSection title={t('team-workers')} wide help={t('team-server-version', { version })}>
      {workers.length === 0 ? (
        <p className="system-state system-missing">
          <Icon name="warning" />
          {t('team-no-workers')}
        </p>
      ) : (
        <FiguresTable
          caption={t('team-workers')}
          heads={[t('team-worker'), t('report-model-version'), t('team-in-hand'), t('team-packs')]}
          rows={workers.map((worker) => ({
            key: worker.id,
            name: <bdi>{foreignText(worker.id)}</bdi>,
            cells: [
              <bdi key="version">{foreignText(worker.version) || '–'}</bdi>,
              count(worker.working),
              <bdi key="packs">{worker.packs.map((pack) => foreignText(pack)).join(', ') || '–'}</bdi>,
            ],
          }))}
        />
      )}
    </FigureSection>
  );
}

function QueueSection({ processes: { at, queues } }: Props) {
  const { t, locale, count } = useFiguresWords();
  if (queues.length === 0) {
    return (
      <FigureSection title={t('team-queues')} wide>
        <p>{t('team-no-queues')}</p>
      </FigureSection>
    );
  }
  return (
    <FigureSection title={t('team-queues')} wide>
      {queues.some(({ served }) => !served) && (
        <p className="system-state system-missing">
          <Icon name="warning" />
          {t('team-unserved')}
        </p>
      )}
      <FiguresTable
        caption={t('team-queues')}
        heads={[t('team-pack'), t('system-lane'), t('stage-queue'), t('team-in-hand'), t('team-oldest')]}
        rows={queues.map(({ queue, lane, waiting, working, oldest, served }) => ({
          key: `${queue} ${lane}`,
          name: (
            <>
              <bdi>{foreignText(queue.replace(QUEUES, ''))}</bdi>
              {!served && ` (${t('team-pack-gone')})`}
            </>
          ),
          cells: [
            t(LANE_KEYS[lane]),
            count(waiting),
            count(working),
            oldest === null ? '–' : formatSpan(locale, Math.max(0, at - oldest) / MS_PER_SECOND),
          ],
        }))}
      />
    </FigureSection>
  );
}
