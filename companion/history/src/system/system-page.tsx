import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Button } from 'react-aria-components';
import { fetchSystem } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import { dateFormat } from '../text/formatters.ts';
import { ErrorMessage } from '../ui/error-message.tsx';
import { Icon } from '../ui/icons.tsx';
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
  const title = useRef<HTMLHeadingElement>(null);
  const { data, error } = useQuery({
    queryKey: keys.system,
    queryFn: ({ signal }) => fetchSystem(signal),
    refetchInterval: RENEWED_EVERY_MS,
  });
  useEffect(() => {
    title.current?.focus();
  }, []);

  return (
    <main className="system-page">
      <div className="system-head">
        <Button className="button" onPress={onClose}>
          <Icon name="back" />
          {t('back-to-history')}
        </Button>
        <div>
          <h2 ref={title} tabIndex={-1}>
            {t('system')}
          </h2>
          <p className="help">{t('system-lead')}</p>
        </div>
        {data && (
          <p className="help system-as-of">
            {t('system-as-of', { time: dateFormat(locale, { timeStyle: 'medium' }).format(data.at) })}
          </p>
        )}
      </div>
      {error && (
        <div className="system-error" role="alert">
          <h3>{t('system-error-title')}</h3>
          <ErrorMessage error={error} />
        </div>
      )}
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
    </main>
  );
}
