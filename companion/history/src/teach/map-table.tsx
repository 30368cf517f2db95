import { foreignText, numberFormat } from '@touchstone/shared/words';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { CheckBox } from '../ui/check-box.tsx';
import type { MapPoint } from './map-plot.tsx';

/** Rows of one page. */
const PAGE = 50;

interface Props {
  readonly points: readonly MapPoint[];
  readonly selected: ReadonlySet<number>;
  readonly onSelect: (items: ReadonlySet<number>) => void;
}

/** The same pictures and the same choice as a table: where the unmodified pack contradicts most comes first. */
export function MapTable({ points, selected, onSelect }: Props) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  return (
    <details className="disclosure" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('system-as-table')}</summary>
      {open && <Pages {...{ points, selected, onSelect }} />}
    </details>
  );
}

/** How far the unmodified pack is from what a picture is called, 0..1. */
const contradiction = ({ truth, unmodified }: MapPoint): number => (truth === 'ai' ? 1 - unmodified : unmodified);

function Pages({ points, selected, onSelect }: Props) {
  const { t, locale, probability } = useI18n();
  const [first, setFirst] = useState(0);
  const number = numberFormat(locale);
  const sorted = points.toSorted((a, b) => contradiction(b) - contradiction(a));
  const shown = sorted.slice(first, first + PAGE);
  const change = (item: number, on: boolean): void => {
    const next = new Set(selected);
    if (on) next.add(item);
    else next.delete(item);
    onSelect(next);
  };
  const ends = {
    from: number.format(first + 1),
    to: number.format(first + shown.length),
    total: number.format(points.length),
  };
  return (
    <>
      <table className="table figures">
        <caption className="visually-hidden">{t('teach-map')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('picture')}</th>
            <th scope="col">{t('teach-truth')}</th>
            <th scope="col">{t('teach-unmodified')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((point) => (
            <tr key={point.item}>
              <th scope="row">
                <CheckBox isSelected={selected.has(point.item)} onChange={(on) => change(point.item, on)}>
                  <bdi>{foreignText(point.name)}</bdi>
                </CheckBox>
              </th>
              <td>{t(`teach-truth-${point.truth}`)}</td>
              <td className="number">{probability(point.unmodified)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="teach-buttons">
        <Button className="button" isDisabled={first === 0} onPress={() => setFirst(Math.max(0, first - PAGE))}>
          {t('teach-page-before')}
        </Button>
        <span>{t('teach-page', ends)}</span>
        <Button className="button" isDisabled={first + PAGE >= points.length} onPress={() => setFirst(first + PAGE)}>
          {t('teach-page-next')}
        </Button>
      </div>
    </>
  );
}
