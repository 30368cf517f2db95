import { fetchSystem } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import { DayChart } from './day-chart.tsx';
import { FigureSection } from './figure-section.tsx';
import { FiguresPage } from './figures-page.tsx';
import { HealthSection, QueueSection } from './health-section.tsx';
import { PackSection } from './pack-section.tsx';
import { CacheSection, GpuSection, ProcessSection, StorageSection } from './resource-sections.tsx';
import { SpeedSection } from './speed-section.tsx';
import { useFiguresWords } from './use-figures-words.ts';
import { ErrorSection, ScoreSection, VerdictSection } from './verdict-sections.tsx';

/** How the companion does: the numbers of its metrics for people. */
export function SystemPage({ onClose }: { readonly onClose: () => void }) {
  const { t } = useFiguresWords();
  return (
    <FiguresPage lead={t('system-lead')} queryKey={keys.system} ask={fetchSystem} onClose={onClose}>
      {(data) => (
        <>
          <HealthSection figures={data} />
          <FigureSection title={t('system-days')}>
            <DayChart days={data.days} />
          </FigureSection>
          <VerdictSection days={data.days} />
          <QueueSection queue={data.queue} />
          <ErrorSection errors={data.errors} />
          <CacheSection caches={data.caches} />
          <SpeedSection stages={data.stages} />
          <PackSection packs={data.packs} />
          <ScoreSection probabilities={data.probabilities} />
          <StorageSection storage={data.storage} disk={data.disk} />
          <ProcessSection processes={data.processes} />
          <GpuSection gpus={data.gpus} />
        </>
      )}
    </FiguresPage>
  );
}
