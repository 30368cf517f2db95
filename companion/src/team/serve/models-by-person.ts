import { CLIENT_WINDOW, MAX_OPEN_TRACKS, TouchstoneError, TRACK_WINDOW } from '@touchstone/shared';
import { createStreamPlaces } from '../../gateway/stream-places.ts';
import { clientOfPerson } from '../../gateway/v1/client-of.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { OwnerScope } from '../records/owner-scope.ts';

/** Unanswered explanations of one person, in all their browsers and pages together. */
const EXPLANATIONS_OF_ONE_PERSON = 2 * CLIENT_WINDOW;

/** Unanswered frames of the playing videos of one person: as many as one browser may send. */
const FRAMES_OF_ONE_PERSON = MAX_OPEN_TRACKS * TRACK_WINDOW;

/** Their bytes: that many of usual size, a few of the largest. */
const FRAME_BYTES_OF_ONE_PERSON = 64 * 1024 * 1024;

type Models = Pick<Pipeline, 'check' | 'explain' | 'judgeFace' | 'judgeFrame'>;

/** Whose turn it is among people: all browsers, pages and programs of one of them have it together. */
export const turnOf = ({ owner }: Pick<OwnerScope, 'owner'>): string => clientOfPerson(owner());

/**
 * This server's own models, shared by people: each takes their turn, whatever they ask it with, and none has more under way than their
 * share, so that nobody keeps another from theirs.
 */
export function modelsByPerson<Given extends Models>(local: Given, owners: Pick<OwnerScope, 'owner'>): Given {
  const takeExplanation = createStreamPlaces({ each: EXPLANATIONS_OF_ONE_PERSON, all: Number.POSITIVE_INFINITY });
  const takeFrame = createStreamPlaces({ each: FRAMES_OF_ONE_PERSON, all: Number.POSITIVE_INFINITY });
  const bytesInHand = new Map<string, number>();

  /** @returns gives the room back @throws TouchstoneError `busy` */
  function takeBytes(owner: string, bytes: number): () => void {
    const before = bytesInHand.get(owner) ?? 0;
    if (before + bytes > FRAME_BYTES_OF_ONE_PERSON) throw new TouchstoneError('busy', 'too many frames of one person');
    bytesInHand.set(owner, before + bytes);
    return () => {
      const left = (bytesInHand.get(owner) ?? bytes) - bytes;
      if (left > 0) bytesInHand.set(owner, left);
      else bytesInHand.delete(owner);
    };
  }

  const check: Pipeline['check'] = (request) => local.check({ ...request, client: turnOf(owners) });

  const explain: Pipeline['explain'] = async (request) => {
    const leave = takeExplanation(owners.owner());
    return local.explain({ ...request, client: turnOf(owners) }).finally(leave);
  };

  const judgeFrame: Pipeline['judgeFrame'] = async (frame, request) => {
    const asked = { ...request, client: turnOf(owners) };
    // What is cut from a frame, and second opinions, are part of a frame that has its room.
    if (request.lane !== 'live' || !(frame instanceof Uint8Array)) return local.judgeFrame(frame, asked);
    const owner = owners.owner();
    const giveBack = takeBytes(owner, frame.byteLength);
    try {
      const leave = takeFrame(owner);
      return await local.judgeFrame(frame, asked).finally(leave);
    } finally {
      giveBack();
    }
  };

  const judgeFace: Pipeline['judgeFace'] = (frame, area, request) =>
    local.judgeFace(frame, area, { ...request, client: turnOf(owners) });

  return { ...local, check, explain, judgeFrame, judgeFace };
}
