import type { ListedPicture, ListedVideo } from '../../messaging/requests.ts';

/** Displayed shorter side from which a picture is what a page is about, in CSS pixels. */
const LARGE_SIDE = 200;
/** Share of the largest picture's area that no other in view may have, so that there is no doubt. */
const RIVAL_SHARE = 0.25;

/** A picture or a video, and which of the two. */
export type Meant = { readonly kind: 'picture' | 'video' } & Pick<
  ListedPicture,
  'frameId' | 'number' | 'width' | 'height' | 'inView' | 'meant'
>;

const area = ({ width, height }: Meant): number => width * height;

/** The one large picture or video in view. */
function onlyLarge(all: readonly Meant[]): Meant | undefined {
  const [largest, next] = all.filter(({ inView }) => inView).sort((a, b) => area(b) - area(a));
  if (!largest || Math.min(largest.width, largest.height) < LARGE_SIDE) return undefined;
  return next && area(next) > RIVAL_SHARE * area(largest) ? undefined : largest;
}

/**
 * The picture or video that a person means who points at none: the one with the focus, else the one under the pointer, else the only
 * large one in view. A video goes before a picture that is in the same thing with the focus: its player's cover.
 */
export function meantPicture(pictures: readonly ListedPicture[], videos: readonly ListedVideo[]): Meant | undefined {
  const all: readonly Meant[] = [
    ...videos.map((video) => ({ ...video, kind: 'video' as const })),
    ...pictures.map((picture) => ({ ...picture, kind: 'picture' as const })),
  ];
  return all.find(({ meant }) => meant === 'focus') ?? all.find(({ meant }) => meant === 'pointer') ?? onlyLarge(all);
}
