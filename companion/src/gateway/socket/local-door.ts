import { randomUUID } from 'node:crypto';
import { browserSecret, pairingKey, prove, TouchstoneError, verifyProof } from '@touchstone/shared';
import type { Logger } from 'pino';
import type { PairingCodes } from '../../pairing/pairing-codes.ts';
import type { BrowserStore } from '../../settings/browser-store.ts';
import type { SocketDoor } from './socket-door.ts';

export interface LocalSocketRooms {
  readonly browsers: BrowserStore;
  readonly codes: PairingCodes;
  readonly logger: Logger;
}

/** Browsers of the one person of this computer, who may ask anything. */
export function createLocalDoor({ browsers, codes, logger }: LocalSocketRooms): SocketDoor {
  return {
    async find(id) {
      const browser = browsers.find(id);
      if (!browser) return undefined;
      const secret = Buffer.from(browser.secret, 'base64url');
      return {
        id: browser.id,
        owner: '',
        origin: browser.origin,
        verify: (transcript, proof) => verifyProof(secret, 'client', transcript, proof),
        prove: (transcript) => prove(secret, 'server', transcript),
      };
    },
    async redeem({ origin }, message, transcript) {
      if (message.type !== 'pair') throw new TouchstoneError('bad-message', 'nobody is let in here by a page');
      const code = await codes.redeem(transcript, message.proof);
      const id = randomUUID();
      return {
        id,
        key: await pairingKey(code),
        async keep() {
          const secret = await browserSecret(code, id, message.clientNonce, transcript.serverNonce);
          await browsers.add({
            id,
            name: message.agent.name,
            origin,
            secret: Buffer.from(secret).toString('base64url'),
            pairedAt: Date.now(),
            lastSeenAt: null,
          });
        },
      };
    },
    within: (_, work) => work(),
    admit: async () => undefined,
    takeRoom: () => () => undefined,
    takeTrack: () => () => undefined,
    watch({ id }) {
      void browsers.seen(id, Date.now()).catch((error: unknown) => {
        logger.warn({ err: error }, 'browsers.json could not be written');
      });
    },
  };
}
