import { useQuery } from '@tanstack/react-query';
import { keys } from '../api/query-keys.ts';
import { fetchDatasets, fetchTrainings } from '../api/teach.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { ViewPage } from '../ui/view-page.tsx';
import { DataSection } from './data-section.tsx';
import { MapSection } from './map-section.tsx';
import { ResultSections } from './result-sections.tsx';
import { SettingsSection } from './settings-section.tsx';
import { ProgressSection } from './work-progress.tsx';

/** How often what goes on is asked for while the page is looked at, in milliseconds. */
const RENEWED_EVERY_MS = 1_000;

/** From labelled pictures to a pack of one's own: data, settings, progress, result. */
export function TeachPage({ onClose }: { readonly onClose: () => void }) {
  const { t } = useI18n();
  const datasets = useQuery({
    queryKey: keys.datasets,
    queryFn: ({ signal }) => fetchDatasets(signal),
    refetchInterval: RENEWED_EVERY_MS,
  });
  const trainings = useQuery({
    queryKey: keys.trainings,
    queryFn: ({ signal }) => fetchTrainings(signal),
    refetchInterval: RENEWED_EVERY_MS,
  });
  const error = datasets.error ?? trainings.error;
  const [dataset] = datasets.data ?? [];
  const [training] = trainings.data ?? [];
  return (
    <ViewPage title={t('teach')} lead={t('teach-lead')} error={error} onClose={onClose}>
      <div className="system-grid">
        <DataSection dataset={dataset} />
        <SettingsSection dataset={dataset} />
        {dataset?.state === 'completed' && <MapSection key={dataset.id} dataset={dataset} />}
        {training && <ProgressSection training={training} />}
        {training?.state === 'completed' && <ResultSections training={training} />}
      </div>
    </ViewPage>
  );
}
