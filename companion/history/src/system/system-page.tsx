import { useQuery } from '@tanstack/react-query';
import { fetchSystem } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import { dateFormat } from '../text/formatters.ts';
import { ViewPage } from '../ui/view-page.tsx';
import { DayChart } from './day-chart.tsx';
import { FigureSection } from './figure-section.tsx';
import { HealthSection, QueueSection } from './health-section.tsx';
import { PackSection } from './pack-section.tsx';
import { CacheSection, GpuSection, ProcessSection, StorageSection } from './resource-sections.tsx';
import { SpeedSection } from './speed-section.tsx';
import { useFiguresWords } from './use-figures-words.ts';
import { ErrorSection, ScoreSection, VerdictSection } from './verdict-sections.tsx';

/** How often the numbers are asked for while the page is looked at, in milliseconds. */
const RENEWED_EVERY_MS = 5_000;

/** How the companion does: the numbers of its metrics for people. */
export function SystemPage({ onClose }: { readonly onClose: () => void }) {
  const { t, locale } = useFiguresWords();
  const { data, error } = useQuery({
    queryKey: keys.system,
    queryFn: ({ signal }) => fetchSystem(signal),
    refetchInterval: RENEWED_EVERY_MS,
  });
  return (
    <ViewPage
      title={t('system')}
      lead={t('system-lead')}
      aside={
        data && (
          <p className="help system-as-of">
            {t('system-as-of', { time: dateFormat(locale, { timeStyle: 'medium' }).format(data.at) })}
          </p>
        )
      }
      error={error}
      errorTitle={t('system-error-title')}
      onClose={onClose}
    >
      {!data && !error && <p role="status">{t('system-loading')}</p>}
      {data && (
        <div className="system-grid">
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
        </div>
      )}
    </ViewPage>
  );
}
