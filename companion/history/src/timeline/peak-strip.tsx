import type { TimelineMoment } from '@touchstone/shared';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { peakAddress } from '../api/evidence.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { formatTimecode } from '../text/format.ts';

interface Props {
  readonly id: string;
  /** Moments whose pictures are kept, in the order of the companion. */
  readonly peaks: readonly { readonly index: number; readonly moment: TimelineMoment }[];
  readonly chosen: TimelineMoment | undefined;
  readonly onChoose: (moment: TimelineMoment) => void;
}

/** Pictures of the most telling moments, with the faces that were found in them. */
export function PeakStrip({ id, peaks, chosen, onChoose }: Props) {
  const { t } = useI18n();
  const [gone, setGone] = useState<ReadonlySet<number>>(new Set());
  const shown = peaks.filter(({ index }) => !gone.has(index)).toSorted((a, b) => a.moment.time - b.moment.time);
  if (shown.length === 0) return null;
  return (
    <div>
      <h4>{t('peaks')}</h4>
      <ul className="peaks" dir="ltr">
        {shown.map(({ index, moment }) => (
          <li key={index}>
            <Peak
              address={peakAddress(id, index)}
              moment={moment}
              chosen={moment === chosen}
              onChoose={() => onChoose(moment)}
              onGone={() => setGone((before) => new Set(before).add(index))}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface PeakProps {
  readonly address: string;
  readonly moment: TimelineMoment;
  readonly chosen: boolean;
  readonly onChoose: () => void;
  readonly onGone: () => void;
}

function Peak({ address, moment, chosen, onChoose, onGone }: PeakProps) {
  const { t, probability } = useI18n();
  const time = formatTimecode(moment.time);
  const percent = probability(moment.probability);
  return (
    <Button
      className="peak"
      data-chosen={chosen || undefined}
      aria-description={t('show-moment', { time, percent })}
      onPress={onChoose}
    >
      <span className="peak-picture">
        <img src={address} alt="" loading="lazy" decoding="async" onError={onGone} />
        <svg className="peak-faces" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">
          {moment.faces.map((face) => (
            <rect key={face.track} x={face.x} y={face.y} width={face.width} height={face.height} />
          ))}
        </svg>
      </span>
      <span className="peak-words">
        <span>{time}</span>
        <strong>{t('probability-likely', { percent })}</strong>
      </span>
    </Button>
  );
}
