import * as v from 'valibot';
import { browser } from 'wxt/browser';
import { decodeBase64, encodeBase64 } from '../../messaging/bytes.ts';
import { type MACHINES, Port, TeamAddress } from '../../messaging/requests.ts';

/** Which machine judges: this computer, or those of a team behind its server. */
export type Machine = (typeof MACHINES)[number];

/** Who this browser profile is to the companion of this computer. */
export interface ComputerIdentity {
  readonly browserId: string;
  /** 32 bytes; never leaves the background. */
  readonly secret: Uint8Array;
  readonly port: number;
}

/** Who it is to a team's server. */
export interface TeamIdentity {
  readonly browserId: string;
  /** 32 bytes; never leaves the background. The server keeps less of it. */
  readonly secret: Uint8Array;
  /** `https://host[:port]` */
  readonly address: string;
}

export type Identity = ComputerIdentity | TeamIdentity;

export const isOfTeam = (identity: Identity): identity is TeamIdentity => 'address' in identity;

/** What is there to choose from. */
export interface Places {
  /** The one that is used. */
  readonly machine: Machine;
  /** Whether this computer's companion is paired. */
  readonly computer: boolean;
  /** Address of the team's server that this browser was let in at last; null where there is none. */
  readonly team: string | null;
}

/**
 * `storage.local`, because pairing must outlive the browser (`storage.session` does not), in the profile's own folder,
 * which only this user can read. Content scripts are shut out of the area where the browser can do that.
 */
const KEYS = { computer: 'identity', team: 'team', machine: 'machine' } as const;

const shared = {
  browserId: v.pipe(v.string(), v.minLength(8), v.maxLength(64)),
  secret: v.pipe(v.string(), v.length(44)),
};
const StoredComputer = v.object({ ...shared, port: Port });
const StoredTeam = v.object({ ...shared, address: TeamAddress });
const Address = v.object({ address: TeamAddress });

export interface IdentityStore {
  /** The identity of the machine that is used. */
  read(): Promise<Identity | undefined>;
  /** Keeps an identity beside that of the other machine, and uses its machine from now on. */
  write(identity: Identity): Promise<void>;
  /** Forgets the identity of the machine that is used; a team's address stays, to be let in again. */
  clear(): Promise<void>;
  places(): Promise<Places>;
  /** Both as they are at one moment: between two looks another machine could be chosen. */
  whole(): Promise<Places & { readonly identity: Identity | undefined }>;
  use(machine: Machine): Promise<void>;
  /** Forgets the team's server, its address too, and uses this computer. */
  forgetTeam(): Promise<void>;
}

export function createIdentityStore(): IdentityStore {
  const { local } = browser.storage;
  const readAll = async () => {
    const stored = await local.get(Object.values(KEYS));
    const machine: Machine = stored[KEYS.machine] === 'team' ? 'team' : 'computer';
    return { machine, computer: stored[KEYS.computer], team: stored[KEYS.team] };
  };
  type Stored = Awaited<ReturnType<typeof readAll>>;

  function identityIn({ machine, computer, team }: Stored): Identity | undefined {
    const stored = machine === 'team' ? v.safeParse(StoredTeam, team) : v.safeParse(StoredComputer, computer);
    if (!stored.success) return undefined;
    return { ...stored.output, secret: decodeBase64(stored.output.secret) };
  }

  function placesIn({ machine, computer, team }: Stored): Places {
    const address = v.safeParse(Address, team);
    return {
      machine,
      computer: v.is(StoredComputer, computer),
      team: address.success ? address.output.address : null,
    };
  }

  return {
    read: async () => identityIn(await readAll()),
    places: async () => placesIn(await readAll()),
    async whole() {
      const stored = await readAll();
      return { ...placesIn(stored), identity: identityIn(stored) };
    },
    async write(identity) {
      const machine: Machine = isOfTeam(identity) ? 'team' : 'computer';
      const stored = { ...identity, secret: encodeBase64(identity.secret) };
      await local.set({ [KEYS[machine]]: stored, [KEYS.machine]: machine });
    },
    async clear() {
      const { machine, team } = await readAll();
      const address = v.safeParse(Address, team);
      if (machine === 'team' && address.success) await local.set({ [KEYS.team]: address.output });
      else await local.remove(KEYS[machine]);
    },
    use: (machine) => local.set({ [KEYS.machine]: machine }),
    forgetTeam: () => local.remove([KEYS.team, KEYS.machine]),
  };
}

/** Keeps content scripts out of `storage.local`: a page that took over its renderer must not read the secret. */
export function guardLocalStorage(): void {
  const area: { setAccessLevel?(options: { accessLevel: string }): Promise<void> } = browser.storage.local;
  // Firefox has no access levels for this area; its content scripts run where the page's bugs do not reach storage keys
  // of the background without a message, and none of ours asks for it.
  area.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' }).catch(() => undefined);
}
