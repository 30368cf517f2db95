import { graphOf, type Pack, type RawPicture } from '@touchstone/models';
import type { FaceArea } from '../faces/face-finder.ts';
import type { InferenceEngine } from '../inference/inference-engine.ts';
import type { Lanes } from '../lanes/lanes.ts';
import type { InstalledPacks } from '../packs/installed-packs.ts';
import { askAboutFace, cutFor } from './ask-about-face.ts';
import type { FrameRequest } from './frame-judge.ts';

/** What a pack says of one face of a frame. */
export interface FaceOpinion {
  readonly pack: Pack;
  /** Higher where the face shows more traces of having been blended into the picture. */
  readonly logit: number;
}

export type FaceRequest = Pick<FrameRequest, 'lane' | 'choices' | 'client' | 'signal'>;

/**
 * Asks the thorough pack how blended a face of a frame looks.
 * @param frame whose face is cut out before this returns; it may be released then
 * @returns undefined where no pack in use answers to faces, or the face is too small for it
 * @throws TouchstoneError as `Pipeline.check`
 */
export type FaceJudge = (frame: RawPicture, area: FaceArea, request: FaceRequest) => Promise<FaceOpinion | undefined>;

export function createFaceJudge(rooms: {
  readonly packs: Pick<InstalledPacks, 'begin'>;
  readonly engine: Pick<InferenceEngine, 'judge'>;
  readonly lanes: Pick<Lanes, 'run'>;
}): FaceJudge {
  return async (frame, area, { choices, lane, client = '', signal }) => {
    const packs = rooms.packs.begin(choices);
    try {
      const thorough = packs.thorough();
      const pack = thorough && graphOf(thorough);
      const cut = pack && cutFor(pack, frame, area);
      if (!cut) return undefined;
      const logit = await rooms.lanes.run({ lane, client, signal }, () =>
        askAboutFace(cut, pack, { lane, signal }, rooms.engine),
      );
      return logit === undefined ? undefined : { pack, logit };
    } finally {
      packs.end();
    }
  };
}
