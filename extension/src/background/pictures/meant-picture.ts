import type { ListedPicture } from '../../messaging/requests.ts';

/** Displayed shorter side from which a picture is what a page is about, in CSS pixels. */
const LARGE_SIDE = 200;
/** Share of the largest picture's area that no other in view may have, so that there is no doubt. */
const RIVAL_SHARE = 0.25;

const area = ({ width, height }: ListedPicture): number => width * height;

/** The one large picture in view. */
function onlyLarge(pictures: readonly ListedPicture[]): ListedPicture | undefined {
  const [largest, next] = pictures.filter(({ inView }) => inView).sort((a, b) => area(b) - area(a));
  if (!largest || Math.min(largest.width, largest.height) < LARGE_SIDE) return undefined;
  return next && area(next) > RIVAL_SHARE * area(largest) ? undefined : largest;
}

/**
 * The picture that a person means who points at none: the one with the focus, else the one under the pointer, else the only large
 * one in view.
 */
export function meantPicture(pictures: readonly ListedPicture[]): ListedPicture | undefined {
  return (
    pictures.find(({ meant }) => meant === 'focus') ??
    pictures.find(({ meant }) => meant === 'pointer') ??
    onlyLarge(pictures)
  );
}
