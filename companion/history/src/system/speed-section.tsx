import type { StageTimes, SystemFigures } from '@touchstone/shared/api';
import { FigureSection } from './figure-section.tsx';
import { FiguresTable } from './figures-table.tsx';
import { MEDIUM_KEYS, STAGE_KEYS } from './system-words.ts';
import { useFiguresWords } from './use-figures-words.ts';

const QUANTILES = ['p50', 'p95', 'p99'] as const;

/** How long each step takes, by what is checked. */
export function SpeedSection({ stages }: Pick<SystemFigures, 'stages'>) {
  const { t } = useFiguresWords();
  const media = [...new Set(stages.map(({ medium }) => medium))];
  return (
    <FigureSection title={t('system-speed')} help={t('system-speed-help')} wide>
      {media.length === 0 && <p className="help">{t('system-no-speed')}</p>}
      <div className="figure-columns">
        {media.map((medium) => (
          <MediumSpeed key={medium} medium={medium} stages={stages.filter((one) => one.medium === medium)} />
        ))}
      </div>
    </FigureSection>
  );
}

function MediumSpeed({ medium, stages }: { readonly medium: string; readonly stages: readonly StageTimes[] }) {
  const { t, time, named } = useFiguresWords();
  const name = named(MEDIUM_KEYS, medium);
  const longest = Math.max(1, ...stages.map(({ p99 }) => p99));
  return (
    <div>
      <h4>{name}</h4>
      <FiguresTable
        caption={`${t('system-speed')}: ${name}`}
        heads={[t('system-step'), ...QUANTILES]}
        rows={stages.map((times) => ({
          key: times.stage,
          name: named(STAGE_KEYS, times.stage),
          cells: QUANTILES.map((quantile) => time(times[quantile])),
          bar: QUANTILES.map((quantile) => times[quantile] / longest),
        }))}
      />
    </div>
  );
}
