import { fileURLToPath } from 'node:url';
import type { RawPicture } from '@touchstone/models';
import { type FaceBox, THUMBNAIL_PIXELS } from '@touchstone/shared';
import type { Logger } from 'pino';
import type { OpenPicture } from '../decode/picture-decoder.ts';
import { makeMiniature } from '../fingerprint/miniature.ts';
import { createFaceThread, type FaceThread } from './face-thread.ts';

/** Where a face is, in parts of the picture's width and height. */
export type FaceArea = Pick<FaceBox, 'x' | 'y' | 'width' | 'height'>;

export interface FaceFinder {
  /**
   * @param picture a decoded frame; only its miniature is looked at, before this returns unless it has to wait
   * @param wait for a detector that is busy, and whatever its share of the time
   * @returns faces, the surest first; undefined when nobody looked, because the detector is busy, has used its share of
   *   the time or does not work
   */
  find(picture: RawPicture, wait?: boolean): Promise<FaceArea[] | undefined>;
  close(): Promise<void>;
}

/** Also of pictures that lie in another process. */
export interface PictureFaceFinder extends FaceFinder {
  /**
   * As `find`, for a picture that lies elsewhere, and waiting.
   * @param smallest shorter side of a face that must not be overlooked, in pixels of the picture; large pictures are then looked at
   *   in a larger miniature
   * @throws what making the miniature throws
   */
  lookAt(
    picture: Pick<OpenPicture, 'width' | 'height' | 'miniature'>,
    smallest: number,
  ): Promise<FaceArea[] | undefined>;
}

/** The smallest face that is found in a miniature (320 px): 80 px of a 720p frame. Pixels. */
const MINIMUM_FACE = 20;
/** Longer side of the largest miniature, in pixels: a look takes 9 times the 20 ms of the usual one. */
const LARGEST_MINIATURE = 960;
/** Scores below this are left out: a box over no face worries a reader more than a missing one. */
const SURE = 0.95;
/** Faces of one frame at most. */
const MAX_FACES = 8;
/** Share of the time in which the detector may run: the classifier and the page need the rest. */
const SHARE = 0.15;

const FOLDER = fileURLToPath(new URL('../../../models/faces', import.meta.url));

/** Finds faces in a thread of its own, one frame at a time. @param now clock in milliseconds */
export function createFaceFinder(
  logger: Logger,
  thread: FaceThread = createFaceThread(FOLDER, (reason) => logger.warn({ reason }, 'the face detector failed')),
  now = () => performance.now(),
): PictureFaceFinder {
  let busy: Promise<unknown> | undefined;
  let freeAt = 0;
  let closed = false;

  async function look({ data, width, height }: RawPicture): Promise<FaceArea[] | undefined> {
    const reply = await thread.ask({ data, width, height, minimumFace: MINIMUM_FACE });
    freeAt = now() + (reply?.ms ?? 0) * (1 / SHARE - 1);
    return reply?.faces
      .filter(({ score }) => score >= SURE)
      .slice(0, MAX_FACES)
      .map(({ left, top, right, bottom }) => {
        const x = clamped(left / width);
        const y = clamped(top / height);
        return { x, y, width: clamped(right / width) - x, height: clamped(bottom / height) - y };
      });
  }

  /** @param miniature is made when its turn has come, so that what waits holds no memory */
  async function inTurn(
    miniature: () => RawPicture | Promise<RawPicture>,
    wait: boolean,
  ): Promise<FaceArea[] | undefined> {
    while (wait && busy) await busy.catch(() => undefined);
    if (closed || busy || !thread.usable() || (!wait && now() < freeAt)) return undefined;
    const made = miniature();
    const looking = made instanceof Promise ? made.then(look) : look(made);
    busy = looking;
    try {
      return await looking;
    } finally {
      busy = undefined;
    }
  }

  return {
    find: (picture, wait = false) => inTurn(() => makeMiniature(picture), wait),
    lookAt: (picture, smallest) => inTurn(() => picture.miniature(miniatureFor(picture, smallest)), true),
    async close() {
      closed = true;
      await thread.close();
    },
  };
}

/** Longer side of a miniature in which a face of `smallest` pixels is still found. */
function miniatureFor({ width, height }: Pick<RawPicture, 'width' | 'height'>, smallest: number): number {
  const needed = Math.ceil((MINIMUM_FACE * Math.max(width, height)) / smallest);
  return Math.min(LARGEST_MINIATURE, Math.max(THUMBNAIL_PIXELS, needed));
}

const clamped = (part: number): number => Math.min(1, Math.max(0, part));
