import { type Unproven, whoMakesWay } from '../who-makes-way.ts';

/**
 * Sockets that have not proved themselves yet, of all programs together. A newcomer stays until as many have come after it:
 * enough for a hello, which takes milliseconds, even while a program opens thousands a second.
 */
export const MAX_UNAUTHENTICATED = 64;

/** Sockets of one browser: its own, and the one before it that has not noticed its end. */
export const MAX_CONNECTIONS_PER_BROWSER = 2;

/** One authenticated connection. */
export interface Member {
  readonly browserId: string;
  /** Whose browser it is. */
  readonly owner: string;
  /** Offers the status where it is another than the one told last. */
  tellStatus(): void;
  /** Resolves when the socket is closed. */
  close(code: number): Promise<void>;
}

/** A place among the unauthenticated. */
export interface Place {
  /** The first message is there, whole. */
  spoke(): void;
  /** Gives the place back. */
  leave(): void;
}

export interface Connections {
  /**
   * Takes a place among the unauthenticated; where all are taken, somebody else loses theirs.
   * @param cut ends the connection by force
   */
  admit(cut: () => void): Place;
  /** Counts a connection in; the oldest of the same browser goes when there are too many. @returns counts it out */
  join(member: Member): () => void;
  isConnected(browserId: string): boolean;
  disconnect(browserId: string, code: number): void;
  /** Closes the members and cuts everybody else off. */
  closeAll(code: number): Promise<void>;
  /** Every member, where its status has changed. */
  tellStatus(): void;
  readonly size: number;
}

export interface ConnectionLimits {
  /** Sockets that have not proved themselves yet. */
  readonly unauthenticated?: number;
  /** Sockets of one person, of all their browsers together; the oldest goes. */
  readonly ofOneOwner?: number;
}

/** @param replacedCode close code for a connection that a newer one of the same browser, or person, pushes out */
export function createConnections(
  replacedCode: number,
  { unauthenticated: most = MAX_UNAUTHENTICATED, ofOneOwner = Number.POSITIVE_INFINITY }: ConnectionLimits = {},
): Connections {
  const members = new Set<Member>();
  const unauthenticated = new Set<Unproven & { readonly cut: () => void }>();

  function of(browserId: string): Member[] {
    return [...members].filter((member) => member.browserId === browserId);
  }

  /** Lets the oldest go until one more stays within the limit. */
  function makeRoom(older: readonly Member[], limit: number): void {
    for (const surplus of older.slice(0, Math.max(0, older.length + 1 - limit))) {
      members.delete(surplus);
      void surplus.close(replacedCode);
    }
  }

  return {
    admit(cut) {
      const now = performance.now();
      const victim = unauthenticated.size < most ? undefined : whoMakesWay(unauthenticated, now);
      if (victim) {
        unauthenticated.delete(victim);
        victim.cut();
      }
      let silent = true;
      const place = { cut, since: now, silent: () => silent };
      unauthenticated.add(place);
      return {
        spoke() {
          silent = false;
        },
        leave: () => void unauthenticated.delete(place),
      };
    },
    join(member) {
      makeRoom(of(member.browserId), MAX_CONNECTIONS_PER_BROWSER);
      makeRoom(
        [...members].filter(({ owner }) => owner === member.owner),
        ofOneOwner,
      );
      members.add(member);
      return () => members.delete(member);
    },
    isConnected: (browserId) => of(browserId).length > 0,
    disconnect(browserId, code) {
      for (const member of of(browserId)) void member.close(code);
    },
    async closeAll(code) {
      for (const { cut } of unauthenticated) cut();
      await Promise.all([...members].map((member) => member.close(code)));
    },
    tellStatus() {
      for (const member of members) member.tellStatus();
    },
    get size() {
      return members.size;
    },
  };
}
