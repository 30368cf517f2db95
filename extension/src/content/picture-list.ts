import type { TabPicture } from '../messaging/content-messages.ts';
import { elementName } from './element-name.ts';
import { type FindOptions, type FoundPicture, findPictures } from './found-pictures.ts';
import type { PagePictures } from './page-pictures.ts';
import type { PictureChecks } from './picture-checks.ts';
import { tabPlace } from './tab-place.ts';

/** Pictures listed of one frame; those in view come first. */
const LISTED = 50;
/** Longest address told, in characters: longer ones hold the picture itself. */
const ADDRESS_LENGTH = 2_000;

export interface PictureListOptions extends FindOptions {
  readonly pictures: Pick<PagePictures, 'scan' | 'address' | 'focused' | 'pointed'>;
  readonly checks: Pick<PictureChecks, 'ask' | 'stateOf'>;
}

export interface PictureList {
  /** For the popup and the keyboard command. */
  list(): TabPicture[];
  /** Asks about the picture with this number of the list. */
  askNumber(number: number): void;
}

/** The pictures of one frame, by numbers. */
export function createPictureList(options: PictureListOptions): PictureList {
  const { pictures, checks } = options;
  const numbers = new WeakMap<Element, number>();
  let lastNumber = 0;
  let listed: readonly FoundPicture[] = [];

  /** The one that shows what an element shows: of two elements for one picture only one is listed. */
  const showing = (element: Element | undefined) =>
    element &&
    (listed.find((one) => one.element === element) ??
      listed.find(({ address }) => address !== undefined && address === pictures.address(element)));
  /** What has the focus holds the one picture, or lies over it as links do. */
  const focused = () => {
    const focus = pictures.focused();
    const inside = listed.filter(({ element }) => focus?.element.contains(element));
    return inside.length === 1 ? inside[0] : inside.length === 0 ? showing(focus?.under()) : undefined;
  };

  const describe = (
    { element, subject, address, box, inView }: FoundPicture,
    meant: TabPicture['meant'],
  ): TabPicture => {
    const number = numbers.get(element) ?? ++lastNumber;
    numbers.set(element, number);
    const [state, place] = [checks.stateOf(subject), tabPlace(box)];
    return {
      number,
      name: elementName(element, address),
      width: Math.round(box.width),
      height: Math.round(box.height),
      inView,
      checking: state?.kind === 'checking',
      ...(place && { place }),
      ...(meant && { meant }),
      ...(address && address.length <= ADDRESS_LENGTH && { url: address }),
      ...(state?.kind === 'verdict' && { verdict: state.record.verdict }),
      ...(state?.kind === 'error' && { error: state.error }),
    };
  };

  return {
    list() {
      // A video before it plays shows its poster: it stands in the list of videos.
      const all = [...findPictures(options)].filter(({ element }) => !(element instanceof HTMLVideoElement));
      listed = [...all.filter(({ inView }) => inView), ...all.filter(({ inView }) => !inView)].slice(0, LISTED);
      const [focus, pointer] = [focused(), showing(pictures.pointed())];
      return listed.map((one) => describe(one, one === focus ? 'focus' : one === pointer ? 'pointer' : undefined));
    },
    askNumber(number) {
      for (const { element, subject } of listed)
        if (numbers.get(element) === number) {
          element.scrollIntoView({ block: 'nearest' });
          checks.ask(subject);
        }
    },
  };
}
