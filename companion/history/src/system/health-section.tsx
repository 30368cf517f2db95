import type { SystemFigures } from '@touchstone/shared/api';
import { formatSpan } from '../text/format.ts';
import { Icon } from '../ui/icons.tsx';
import { LANE_KEYS } from '../ui/verdict-words.ts';
import { FigureSection } from './figure-section.tsx';
import { FiguresTable } from './figures-table.tsx';
import { MISSING_KEYS } from './system-words.ts';
import { useFiguresWords } from './use-figures-words.ts';

const MS_PER_SECOND = 1000;

/** Whether it works, on what, and for how long. */
export function HealthSection({ figures }: { readonly figures: SystemFigures }) {
  const { t, locale, share, count, time } = useFiguresWords();
  const { ready, missing, status, at, requests, eventLoopLag, confidence } = figures;
  const facts = [
    [t('provider'), status.provider],
    [t('system-up-for'), formatSpan(locale, (at - status.startedAt) / MS_PER_SECOND)],
    [
      t('system-requests'),
      t('system-requests-counts', {
        answered: count(requests.answered),
        refused: count(requests.refused),
        failed: count(requests.failed),
      }),
    ],
    [t('system-lag'), time(eventLoopLag.p99)],
    ...(confidence === null ? [] : [[t('system-confidence'), share(confidence)] as const]),
  ] as const;
  return (
    <FigureSection title={t('system-health')}>
      <p className={`system-state ${ready ? 'system-ready' : 'system-missing'}`}>
        <Icon name={ready ? 'check' : 'warning'} />
        <span>
          {t(ready ? 'system-ready' : 'system-not-ready')}
          {missing.map((part) => (
            <span key={part}> {t(MISSING_KEYS[part])}</span>
          ))}
        </span>
      </p>
      <dl className="system-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </FigureSection>
  );
}

/** What waits for its turn, by lane. */
export function QueueSection({ queue }: Pick<SystemFigures, 'queue'>) {
  const { t, count } = useFiguresWords();
  return (
    <FigureSection title={t('system-queue')}>
      <FiguresTable
        caption={t('system-queue')}
        heads={[t('system-lane'), t('stage-queue'), t('system-accepted')]}
        rows={queue.map(({ lane, waiting, accepted }) => ({
          key: lane,
          name: t(LANE_KEYS[lane]),
          cells: [count(waiting), count(accepted)],
        }))}
      />
    </FigureSection>
  );
}
