import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type PackMeasurement, TouchstoneError, type Training, type TrainingResult } from '@touchstone/shared';
import { numberFormat } from '@touchstone/shared/words';
import { Button, Link } from 'react-aria-components';
import { keys } from '../api/query-keys.ts';
import { beginTraining, fetchResult, packAddress, rollBackTaught, takeTaught } from '../api/teach.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { FigureSection } from '../system/figure-section.tsx';
import { FiguresTable } from '../system/figures-table.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import { ConfusionMatrix } from './confusion-matrix.tsx';
import { ReliabilitySection, RocSection } from './curves.tsx';
import { RecheckHistory } from './recheck-history.tsx';

/** What came of the training that was begun last. */
export function ResultSections({ training }: { readonly training: Training }) {
  const { data: result, error } = useQuery({
    queryKey: keys.trainingResult(training.id),
    queryFn: ({ signal }) => fetchResult(training.id, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <ErrorMessage error={error} />;
  if (!result) return null;
  return (
    <>
      <Outcome training={training} result={result} />
      {result.own && <ConfusionMatrix training={training} confusion={result.own.confusion} />}
      {result.own && <RocSection measured={result.own} />}
      {result.own && <ReliabilitySection measured={result.own} />}
    </>
  );
}

/** A pack whose base is gone cannot be used; the same pictures and settings teach it on the version of now. */
function TeachAnew({ training }: { readonly training: Training }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => beginTraining(training.dataset, training.settings),
    onSettled: () => client.invalidateQueries(),
  });
  return (
    <div role="alert" className="system-error" data-code="base-missing">
      <ErrorMessage error={error ?? new TouchstoneError('base-missing')} />
      <Button className="button button-primary" isDisabled={isPending} onPress={() => mutate()}>
        {t('teach-anew')}
      </Button>
    </div>
  );
}

function Outcome({ training, result }: { readonly training: Training; readonly result: TrainingResult }) {
  const { t, locale } = useI18n();
  const client = useQueryClient();
  const number = numberFormat(locale);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => (training.inUse ? rollBackTaught(training.id) : takeTaught(training.id)),
    onSettled: () => client.invalidateQueries(),
  });
  const { verdict, trained, tested, own, unmodified, published } = result;
  return (
    <FigureSection title={t('tab-result')} wide>
      <p role="status" className={`teach-verdict teach-verdict-${verdict}`}>
        {t(`teach-verdict-${verdict}`)}
      </p>
      <p>{t('teach-tested', { trained: number.format(trained), tested: number.format(tested) })}</p>
      {own && unmodified && (
        <SideBySide
          packs={[own, unmodified]}
          accused={published && [published.own / published.pictures, published.unmodified / published.pictures]}
        />
      )}
      {training.baseMissing && <TeachAnew training={training} />}
      <div className="teach-buttons">
        {!training.baseMissing && (
          <>
            <Button className="button button-primary" isDisabled={isPending} onPress={() => mutate()}>
              {t(training.inUse ? 'teach-roll-back' : 'teach-use')}
            </Button>
            <Link className="button" href={packAddress(training.id)}>
              {t('teach-save')}
            </Link>
          </>
        )}
        <span>
          <bdi>{training.pack}</bdi>
          {training.inUse && ` · ${t('teach-in-use')}`}
        </span>
      </div>
      {error && (
        <div role="alert">
          <ErrorMessage error={error} />
        </div>
      )}
      {training.inUse && training.pack !== null && <RecheckHistory pack={training.pack} />}
    </FigureSection>
  );
}

interface SideBySideProps {
  readonly packs: readonly PackMeasurement[];
  /** Of each pack the share of the published real pictures that it calls likely AI; null where there are none. */
  readonly accused: readonly number[] | null;
}

function SideBySide({ packs, accused }: SideBySideProps) {
  const { t, locale, share } = useI18n();
  const area = (value: number): string =>
    numberFormat(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 }).format(value);
  const range = ({ areaInterval: { low, high } }: PackMeasurement): string =>
    t('teach-range', { low: area(low), high: area(high) });
  return (
    <FiguresTable
      caption={t('tab-result')}
      heads={[
        t('pack'),
        t('teach-area'),
        '95 %',
        t('teach-accuracy'),
        t('teach-balanced'),
        t('teach-accused'),
        ...(accused ? [t('teach-published')] : []),
      ]}
      rows={packs.map((measured, index) => ({
        key: measured.pack,
        name: <bdi className="figure-whole">{measured.pack}</bdi>,
        cells: [
          area(measured.area),
          range(measured),
          share(measured.accuracy),
          share(measured.balancedAccuracy),
          share(measured.falseAccusations),
          ...(accused ? [share(accused[index] ?? 0)] : []),
        ],
      }))}
    />
  );
}
