import * as v from 'valibot';
import { browser } from 'wxt/browser';
import { decodeBase64, encodeBase64 } from '../../messaging/bytes.ts';
import { Port } from '../../messaging/requests.ts';

/** Who this browser profile is to the companion. */
export interface Identity {
  readonly browserId: string;
  /** 32 bytes; never leaves the background. */
  readonly secret: Uint8Array;
  readonly port: number;
}

/**
 * `storage.local`, because pairing must outlive the browser (`storage.session` does not), in the profile's own folder,
 * which only this user can read. Content scripts are shut out of the area where the browser can do that.
 */
const KEY = 'identity';

const Stored = v.object({
  browserId: v.pipe(v.string(), v.minLength(8), v.maxLength(64)),
  secret: v.pipe(v.string(), v.length(44)),
  port: Port,
});

export interface IdentityStore {
  read(): Promise<Identity | undefined>;
  write(identity: Identity): Promise<void>;
  clear(): Promise<void>;
}

export function createIdentityStore(): IdentityStore {
  return {
    async read() {
      const stored = v.safeParse(Stored, (await browser.storage.local.get(KEY))[KEY]);
      if (!stored.success) return undefined;
      return { ...stored.output, secret: decodeBase64(stored.output.secret) };
    },
    async write({ browserId, secret, port }) {
      await browser.storage.local.set({ [KEY]: { browserId, secret: encodeBase64(secret), port } });
    },
    async clear() {
      await browser.storage.local.remove(KEY);
    },
  };
}

/** Keeps content scripts out of `storage.local`: a page that took over its renderer must not read the secret. */
export function guardLocalStorage(): void {
  const area: { setAccessLevel?(options: { accessLevel: string }): Promise<void> } = browser.storage.local;
  // Firefox has no access levels for this area; its content scripts run where the page's bugs do not reach storage keys
  // of the background without a message, and none of ours asks for it.
  area.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' }).catch(() => undefined);
}
