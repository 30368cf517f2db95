import { areTwins } from '../overlay/badge/twins.ts';
import type { Overlay } from '../overlay/entry.ts';
import { type Box, isTouching } from '../overlay/place/geometry.ts';
import type { PagePictures } from './page-pictures.ts';
import type { Subject } from './picture-checks.ts';

/** Smaller than this, in CSS pixels as displayed, are signs and faces of accounts rather than pictures. */
const LEAST_SIDE_PIXELS = 48;

export interface FindOptions {
  readonly pictures: Pick<PagePictures, 'scan' | 'address'>;
  readonly overlay: Pick<Overlay, 'isOurs'>;
  subjectOf(element: Element): Subject;
}

/** A picture of the page that is large enough to be listed. */
export interface FoundPicture {
  readonly element: Element;
  readonly subject: Subject;
  readonly address: string | undefined;
  readonly box: Box;
  readonly inView: boolean;
}

/** Pictures of the page in its order, each once, found one at a time. */
export function* findPictures({ pictures, overlay, subjectOf }: FindOptions): Generator<FoundPicture> {
  const viewport = { width: innerWidth, height: innerHeight };
  const known = new Map<string | undefined, FoundPicture[]>();
  for (const element of pictures.scan(document, () => undefined)) {
    const address = pictures.address(element);
    const isPicture = address !== undefined || element instanceof HTMLCanvasElement;
    if (!isPicture || overlay.isOurs(element) || element === document.body) continue;
    const subject = subjectOf(element);
    const box = subject.anchor.box();
    if (!box || Math.min(box.width, box.height) < LEAST_SIDE_PIXELS) continue;
    const one = { element, subject, address, box, inView: isTouching(box, viewport) };
    const others = known.get(address) ?? [];
    if (others.some((other) => areTwins(one, other))) continue;
    known.set(address, [...others, one]);
    yield one;
  }
}
