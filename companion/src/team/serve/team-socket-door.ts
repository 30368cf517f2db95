import {
  browserSecret,
  CLIENT_WINDOW,
  CLIENT_WINDOW_BYTES,
  type ClientMessage,
  joinMaterial,
  keptSecretOf,
  MAX_OPEN_TRACKS,
  pairingKey,
  prove,
  TouchstoneError,
  verifyForKeeper,
  verifyProof,
} from '@touchstone/shared';
import { type Role, roleAllows } from '@touchstone/shared/api';
import type { Logger } from 'pino';
import type { KnownBrowser, SocketDoor } from '../../gateway/socket/socket-door.ts';
import type { BrowserOfPerson, PersonBrowsers } from '../people/person-browsers.ts';
import type { OwnerScope } from '../records/owner-scope.ts';
import { STILL_HERE_MS } from './team-admission.ts';

/** Sockets of one person, of all their browsers together. */
export const SOCKETS_OF_ONE_PERSON = 16;

/** Sockets that have not proved themselves: a hello takes as long as the way there and back, and a team comes back all at once. */
export const UNPROVEN_SOCKETS = 512;

/** Windows of captures that one person may have under way, in all their browsers together. */
const WINDOWS_OF_ONE_PERSON = 2;

/** Playing videos of one person, in all their browsers together: as many as one browser may have. */
const TRACKS_OF_ONE_PERSON = MAX_OPEN_TRACKS;

/** The least role for what changes or asks something; what is not named here needs none but being here. */
const NEEDED: Readonly<Partial<Record<ClientMessage['type'], Role>>> = {
  capture: 'analyst',
  'track-open': 'analyst',
  'track-frame': 'analyst',
  explain: 'analyst',
  label: 'analyst',
  'open-history': 'reader',
};

export interface TeamSocketRooms {
  readonly browsers: PersonBrowsers;
  readonly owners: Pick<OwnerScope, 'within'>;
  readonly logger: Logger;
  /** Whether this server has models of its own, for frames of playing videos. */
  readonly judgesHere: () => boolean;
}

function knownOf({ id, origin, kept, person }: BrowserOfPerson): KnownBrowser {
  return {
    id,
    owner: person.id,
    origin,
    verify: (transcript, proof) => verifyForKeeper(kept, transcript, proof),
    prove: (transcript) => prove(kept.server, 'server', transcript),
  };
}

/** Browsers that people of a team let in, each for its person, as far as their role allows it at that moment. */
export function createTeamDoor({ browsers, owners, logger, judgesHere }: TeamSocketRooms): SocketDoor {
  const underWay = new Map<string, { captures: number; bytes: number }>();
  const tracks = new Map<string, number>();

  return {
    async find(id) {
      const found = await browsers.find(id);
      return found && knownOf(found);
    },
    async redeem({ origin }, message, transcript) {
      if (message.type !== 'join') throw new TouchstoneError('bad-message', 'a code alone lets nobody in here');
      const { verifier, clientNonce, agent, proof } = message;
      const agreed = await browsers.redeem(verifier).catch((cause: unknown) => {
        throw cause instanceof TouchstoneError && cause.code === 'sign-in-failed'
          ? new TouchstoneError('pairing-code-wrong', 'nobody agreed to that', { cause })
          : cause;
      });
      const material = joinMaterial(agreed.code, verifier);
      const key = await pairingKey(material);
      if (!(await verifyProof(key, 'client', transcript, proof))) throw new TouchstoneError('pairing-code-wrong');
      const id = browsers.newId();
      return {
        id,
        key,
        async keep() {
          const secret = await browserSecret(material, id, clientNonce, transcript.serverNonce);
          const kept = await keptSecretOf(secret);
          const isThere = await browsers.add({ id, person: agreed.person, name: agent.name, origin, kept });
          if (!isThere) throw new TouchstoneError('pairing-code-wrong', 'the person is kept out');
        },
      };
    },
    within: ({ owner }, work) => owners.within(owner, work),
    async admit({ id, owner }, { type }) {
      if (type === 'settings') throw new TouchstoneError('not-on-team-server');
      const needed = NEEDED[type];
      if (needed === undefined) return;
      const now = await browsers.find(id);
      if (now?.person.id !== owner) throw new TouchstoneError('not-paired');
      if (!roleAllows(now.person.role, needed)) throw new TouchstoneError('role-missing');
      if (type === 'track-open' && !judgesHere()) throw new TouchstoneError('live-not-here');
    },
    takeRoom({ owner }, bytes) {
      const mine = underWay.get(owner) ?? { captures: 0, bytes: 0 };
      if (
        mine.captures >= WINDOWS_OF_ONE_PERSON * CLIENT_WINDOW ||
        mine.bytes + bytes > WINDOWS_OF_ONE_PERSON * CLIENT_WINDOW_BYTES
      )
        throw new TouchstoneError('busy', 'too many captures of one person');
      mine.captures += 1;
      mine.bytes += bytes;
      underWay.set(owner, mine);
      return () => {
        mine.captures -= 1;
        mine.bytes -= bytes;
        if (mine.captures === 0) underWay.delete(owner);
      };
    },
    takeTrack({ owner }) {
      const mine = tracks.get(owner) ?? 0;
      if (mine >= TRACKS_OF_ONE_PERSON) throw new TouchstoneError('too-many-videos');
      tracks.set(owner, mine + 1);
      return () => {
        const left = (tracks.get(owner) ?? 1) - 1;
        if (left > 0) tracks.set(owner, left);
        else tracks.delete(owner);
      };
    },
    watch({ id, owner }, gone, signal) {
      const told = (error: unknown): void => logger.warn({ err: error, browser: id }, 'a browser was not looked up');
      browsers.seen(id).catch(told);
      const timer = setInterval(() => {
        browsers
          .find(id)
          .then((now) => {
            if (now?.person.id !== owner && !signal.aborted) gone();
          })
          .catch(told);
        browsers.seen(id).catch(told);
      }, STILL_HERE_MS);
      timer.unref();
      signal.addEventListener('abort', () => clearInterval(timer), { once: true });
    },
  };
}
