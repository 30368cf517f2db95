import { facePlace, type ResultRecord } from '@touchstone/shared';

const percent = (part: number): string => `${(part * 100).toFixed(2)}%`;

/** A frame around the face that the verdict speaks of. The reasons say in words that there is one, so it is hidden from screen readers. */
export function FaceOutline({ evidence }: Pick<ResultRecord, 'evidence'>) {
  const places = evidence.flatMap((one) => facePlace(one) ?? []);
  return places.map(({ x, y, width, height }) => (
    <span
      key={`${x} ${y}`}
      className="blended-face"
      aria-hidden="true"
      style={{ left: percent(x), top: percent(y), width: percent(width), height: percent(height) }}
    />
  ));
}
