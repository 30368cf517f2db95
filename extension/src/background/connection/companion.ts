import { type ResultRecord, TouchstoneError } from '@touchstone/shared';
import { type Identity, type IdentityStore, isOfTeam } from '../pairing/identity-store.ts';
import { backoff, LONGEST_WAIT_ASKED_MS, LONGEST_WAIT_MS } from './backoff.ts';
import { type CaptureRequest, createCaptureQueue } from './capture-queue.ts';
import { type OpenSocket, openChannel } from './channel.ts';
import { type ConnectionPlace, type ConnectionState, phaseOf } from './connection-state.ts';
import { endpointOf, HANDSHAKE_MS, TEAM_HANDSHAKE_MS } from './endpoint.ts';
import { sayHello } from './hello.ts';
import { createSession, type Session } from './session.ts';
import { teamError, whyNotConnected } from './team-errors.ts';

/** The companion as the rest of the background sees it: there or not, and captures go in either way. */
export interface Companion {
  readonly state: ConnectionState;
  /** Captures that wait to be sent. */
  readonly waiting: number;
  check(capture: CaptureRequest): Promise<ResultRecord>;
  /** The live session, waiting a moment for one that is being made. @throws TouchstoneError why there is none */
  session(): Promise<Session>;
  /** Tries at once; after another pairing, from the beginning. */
  reconnect(afresh?: boolean): void;
}

export interface CompanionOptions {
  readonly identities: IdentityStore;
  readonly openSocket: OpenSocket;
  /** State or number of waiting captures changed. */
  changed(): void;
}

/** Stands for the companion on this computer, beside the address of a team's server. */
const THIS_COMPUTER = 'this computer';

/** A connection that lasted this long was a good one: the next wait is short again. */
const STEADY_MS = 10_000;

/** Keeps one connection to the paired companion until the signal aborts. */
export function createCompanion({ identities, openSocket, changed }: CompanionOptions, signal: AbortSignal): Companion {
  const queue = createCaptureQueue(() => changed());
  const listeners = new Set<() => void>();
  let state: ConnectionState = { phase: 'connecting' };
  let place: ConnectionPlace = {};
  let session: Session | undefined;
  /** Ends the attempt that is under way. */
  let attempting: AbortController | undefined;
  /** That attempt was ended because another one is wanted at once. */
  let superseded = false;
  let attempt = 0;
  let wake: (() => void) | undefined;

  const set = (next: Omit<ConnectionState, keyof ConnectionPlace>) => {
    state = { ...next, ...place };
    queue.phase(next.phase, next.error);
    for (const listener of [...listeners]) listener();
    changed();
  };
  const rest = (milliseconds: number | undefined) =>
    new Promise<void>((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(done, milliseconds);
      function done() {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        wake = undefined;
        resolve();
      }
      wake = done;
      signal.addEventListener('abort', done, { once: true });
    });

  /** Only what a proven companion said leads here; a pairing made meanwhile stays. */
  const forget = async ({ browserId }: Identity) => {
    if ((await identities.read())?.browserId === browserId) await identities.clear();
  };

  /** Which machine the next attempt is for. @returns what this browser is there */
  const lookWhere = async (): Promise<Identity | undefined> => {
    const { identity, machine, team } = await identities.whole();
    if (machine === 'team') place = team === null ? {} : { team };
    else place = identity && !isOfTeam(identity) ? { port: identity.port } : {};
    queue.machine(place.team ?? THIS_COMPUTER);
    return identity;
  };

  /** One attempt. @returns why it ended, and whether it had been good */
  const connectOnce = async (): Promise<{ readonly error: TouchstoneError | undefined; readonly steady: boolean }> => {
    const identity = await lookWhere();
    if (!identity) return { error: undefined, steady: true };
    const ofTeam = isOfTeam(identity);
    const { url, withinMs } = endpointOf(identity);
    if (state.phase === 'connected' || state.phase === 'not-paired' || attempt === 0) set({ phase: 'connecting' });
    const stop = new AbortController();
    attempting = stop;
    const deadline = setTimeout(() => stop.abort(), withinMs);
    try {
      const channel = await openChannel(url, AbortSignal.any([signal, stop.signal]), openSocket);
      const welcome = await sayHello(channel, identity).catch((error: unknown) => {
        channel.close();
        throw error;
      });
      clearTimeout(deadline);
      attempting = undefined;
      if (stop.signal.aborted) {
        channel.close();
        throw new TouchstoneError('companion-unreachable', 'another machine was chosen meanwhile');
      }
      const began = Date.now();
      session = createSession(
        channel,
        welcome,
        (status) => set({ phase: 'connected', status }),
        ofTeam ? 'busy' : 'hangs',
      );
      set({ phase: 'connected', status: welcome.status });
      queue.attach(session);
      const error = await session.ended;
      if (error.code === 'not-paired') await forget(identity);
      return { error: ofTeam ? teamError(error) : error, steady: Date.now() - began > STEADY_MS };
    } catch (thrown) {
      const error = thrown instanceof TouchstoneError ? thrown : new TouchstoneError('internal', String(thrown));
      if (error.code === 'not-paired') await forget(identity);
      return { error: ofTeam ? await whyNotConnected(error, identity.address) : error, steady: false };
    } finally {
      clearTimeout(deadline);
      attempting = undefined;
      session = undefined;
      queue.detach();
    }
  };

  const keepConnected = async () => {
    while (!signal.aborted) {
      const { error, steady } = await connectOnce();
      if (signal.aborted) return;
      if (superseded) {
        superseded = false;
        continue;
      }
      if (!error) {
        set({ phase: 'not-paired', error: new TouchstoneError(place.team ? 'team-not-let-in' : 'not-paired') });
        await rest(undefined);
        continue;
      }
      if (steady) attempt = 0;
      const wait = backoff(attempt, queue.size > 0 ? LONGEST_WAIT_ASKED_MS : LONGEST_WAIT_MS);
      attempt += 1;
      const lostJustNow = state.phase === 'connected' && phaseOf(error) === 'not-running';
      set({
        phase: lostJustNow ? 'connecting' : phaseOf(error),
        error,
        nextAttemptAt: Date.now() + wait,
      });
      await rest(wait);
    }
  };
  void keepConnected();

  return {
    get state() {
      return state;
    },
    get waiting() {
      return queue.size;
    },
    check(capture) {
      if (!session && capture.lane === 'asked') wake?.();
      return queue.submit(capture);
    },
    session: () =>
      new Promise((resolve, reject) => {
        const settle = () => {
          if (session && state.phase === 'connected') resolve(session);
          // Connected without a session is one that was just ended here: another is being made.
          else if (state.phase === 'connecting' || state.phase === 'connected') return;
          else reject(state.error ?? new TouchstoneError('companion-unreachable'));
          listeners.delete(settle);
          clearTimeout(timer);
        };
        const timer = setTimeout(
          () => {
            listeners.delete(settle);
            reject(new TouchstoneError(place.team === undefined ? 'companion-unreachable' : 'team-unreachable'));
          },
          place.team === undefined ? HANDSHAKE_MS : TEAM_HANDSHAKE_MS,
        );
        listeners.add(settle);
        settle();
      }),
    reconnect(afresh = false) {
      attempt = 0;
      if (afresh) {
        // An attempt that is under way may be for a machine that is no longer the one.
        superseded = attempting !== undefined;
        attempting?.abort();
        session?.close();
        session = undefined;
      }
      if (state.phase !== 'connected') set({ phase: 'connecting' });
      wake?.();
    },
  };
}
