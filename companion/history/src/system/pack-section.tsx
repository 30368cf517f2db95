import { packInWords } from '@touchstone/shared';
import type { PackInUse, SystemFigures } from '@touchstone/shared/api';
import { numberFormat } from '@touchstone/shared/words';
import { FigureSection } from './figure-section.tsx';
import { FiguresTable } from './figures-table.tsx';
import { driftKey } from './system-words.ts';
import { useFiguresWords } from './use-figures-words.ts';

/** Installed packs, and how they do against what people and their cards say. */
export function PackSection({ packs }: Pick<SystemFigures, 'packs'>) {
  const { t, locale, count } = useFiguresWords();
  const agreement = ({ agreed, disagreed }: PackInUse): string =>
    agreed + disagreed === 0
      ? t('system-no-labels')
      : t('system-used-of', { used: count(agreed), total: count(agreed + disagreed) });
  const drift = ({ drift: value }: PackInUse): string =>
    value === null
      ? t('drift-unknown')
      : t(driftKey(value), { value: numberFormat(locale, { maximumFractionDigits: 2 }).format(value) });
  return (
    <FigureSection title={t('system-packs')} help={t('system-packs-help')} wide>
      <FiguresTable
        caption={t('system-packs')}
        heads={[t('pack'), t('tier'), t('system-agreed'), t('system-undecided'), t('system-drift')]}
        rows={packs.map((pack) => ({
          key: packInWords(pack),
          name: <bdi className="figure-whole">{packInWords(pack)}</bdi>,
          cells: [
            t(pack.tier === 'quick' ? 'tier-quick' : 'tier-thorough'),
            agreement(pack),
            count(pack.undecided),
            drift(pack),
          ],
        }))}
      />
    </FigureSection>
  );
}
