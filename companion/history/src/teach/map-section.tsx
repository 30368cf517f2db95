import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Dataset, TouchstoneError, type Truth, toErrorReport } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { keys } from '../api/query-keys.ts';
import { fetchMap, itemPictureAddress, sayTruth } from '../api/teach.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { FigureSection } from '../system/figure-section.tsx';
import { useAnnouncer } from '../ui/announcer.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import { MapPlot, type MapPoint } from './map-plot.tsx';
import { MapTable } from './map-table.tsx';

/** How often a map that is being drawn is asked for, in milliseconds. */
const ASKED_EVERY_MS = 1_000;
/** Chosen pictures that are shown. */
const MOST_SHOWN = 24;

/** Pictures as a map, to see what is alike, find what is called wrong, and say what it is. */
export function MapSection({ dataset }: { readonly dataset: Dataset }) {
  const { t } = useI18n();
  const [wanted, setWanted] = useState(false);
  const { data: map, error } = useQuery({
    queryKey: keys.datasetMap(dataset.id),
    queryFn: ({ signal }) => fetchMap(dataset.id, signal),
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => (state.data?.state === 'pending' ? ASKED_EVERY_MS : false),
  });
  const failure = error ?? (map?.error ? TouchstoneError.fromReport(map.error) : null);
  return (
    <FigureSection title={t('teach-map')} help={t('teach-map-help')} wide>
      {!wanted && (
        <Button className="button" onPress={() => setWanted(true)}>
          {t('teach-map-begin')}
        </Button>
      )}
      {failure && (
        <div role="alert">
          <ErrorMessage error={failure} />
        </div>
      )}
      {wanted && !failure && map?.state !== 'completed' && <p role="status">{t('teach-map-making')}</p>}
      {map?.state === 'completed' && <Places dataset={dataset.id} points={map.points} />}
    </FigureSection>
  );
}

function Places({ dataset, points }: { readonly dataset: string; readonly points: readonly MapPoint[] }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const { show } = useAnnouncer();
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const { mutate, isPending, error } = useMutation({
    mutationFn: (truth: Truth) => sayTruth(dataset, [...selected], truth),
    onSuccess: () => {
      show(t('teach-called', { count: selected.size }));
      setSelected(new Set());
    },
    // Records are labelled with them.
    onSettled: () => client.invalidateQueries(),
  });
  const none = selected.size === 0;
  return (
    <>
      <Legend />
      <MapPlot points={points} selected={selected} onSelect={setSelected} />
      <p className="help" id="teach-map-keys">
        {t('teach-map-keys')}
      </p>
      <p role="status">{none ? t('teach-map-none') : t('teach-map-chosen', { count: selected.size })}</p>
      <Chosen dataset={dataset} points={points.filter(({ item }) => selected.has(item))} />
      <div className="teach-buttons">
        {(['ai', 'real'] as const).map((truth) => (
          <Button key={truth} className="button" isDisabled={none || isPending} onPress={() => mutate(truth)}>
            {t(`teach-call-${truth}`)}
          </Button>
        ))}
        <Button className="button" isDisabled={none} onPress={() => setSelected(new Set())}>
          {t('teach-map-clear')}
        </Button>
      </div>
      {error && (
        <div role="alert" data-code={toErrorReport(error).code}>
          <ErrorMessage error={error} />
        </div>
      )}
      <MapTable points={points} selected={selected} onSelect={setSelected} />
    </>
  );
}

/** What the two symbols mean. */
function Legend() {
  const { t } = useI18n();
  return (
    <p className="teach-legend">
      <span>
        <svg viewBox="0 0 12 12" aria-hidden="true">
          <path className="teach-map-ai" d="M6 1l5 10h-10z" />
        </svg>
        {t('teach-truth-ai')}
      </span>
      <span>
        <svg viewBox="0 0 12 12" aria-hidden="true">
          <circle className="teach-map-real" cx={6} cy={6} r={5} />
        </svg>
        {t('teach-truth-real')}
      </span>
    </p>
  );
}

function Chosen({ dataset, points }: { readonly dataset: string; readonly points: readonly MapPoint[] }) {
  const { t } = useI18n();
  if (points.length === 0) return null;
  const more = points.length - MOST_SHOWN;
  return (
    <>
      <ul className="teach-chosen">
        {points.slice(0, MOST_SHOWN).map(({ item, name }) => (
          <li key={item}>
            <img
              src={itemPictureAddress(dataset, item)}
              alt={foreignText(name)}
              title={foreignText(name)}
              loading="lazy"
              width={72}
              height={72}
            />
          </li>
        ))}
      </ul>
      {more > 0 && <p className="help">{t('teach-map-more', { count: more })}</p>}
    </>
  );
}
