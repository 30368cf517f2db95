import type { ReactNode } from 'react';

export interface FigureRow {
  readonly key: string;
  readonly name: ReactNode;
  readonly cells: readonly ReactNode[];
  /** Lengths of a bar from its start, each 0..1: what lies behind covers what lies before. */
  readonly bar?: readonly number[] | undefined;
  /** Names the colour of the bar; default is the accent. */
  readonly tone?: string | undefined;
}

interface Props {
  readonly caption: string;
  /** The first names the rows. */
  readonly heads: readonly string[];
  readonly rows: readonly FigureRow[];
}

/** CSS pixels; its width follows the table. */
const BAR_HEIGHT = 10;
/** Units of the drawing along its width. */
const BAR_UNITS = 100;

/** Numbers as a table in which each row draws its own bar: the chart and its table are one. */
export function FiguresTable({ caption, heads, rows }: Props) {
  const barred = rows.some(({ bar }) => bar !== undefined);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys
    // biome-ignore lint/a11y/useSemanticElements: names the box that scrolls
    <div className="scroll-x" role="group" aria-label={caption} tabIndex={0}>
      <table className="table figures">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {heads.map((head, index) => (
              <th key={head} scope="col" className={index === 0 ? undefined : 'number'}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, cells, bar, tone }) => (
            <tr key={key}>
              <th scope="row">
                {name}
                {barred && <Bar parts={bar ?? []} tone={tone} />}
              </th>
              {cells.map((cell, index) => (
                <td key={heads[index + 1]} className="number">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Bar({ parts, tone = 'accent' }: { readonly parts: readonly number[]; readonly tone?: string | undefined }) {
  const layers = parts.map((part, index) => ({ part, layer: `part-${index + 1}` }));
  return (
    <svg
      className={`figure-bar tone-${tone}`}
      viewBox={`0 0 ${BAR_UNITS} ${BAR_HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <rect className="figure-ground" width={BAR_UNITS} height={BAR_HEIGHT} />
      {layers.toReversed().map(({ part, layer }) => (
        <rect
          key={layer}
          className={`figure-part ${layer}`}
          width={Math.max(0, Math.min(1, part)) * BAR_UNITS}
          height={BAR_HEIGHT}
        />
      ))}
    </svg>
  );
}
