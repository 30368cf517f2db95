import { join } from 'node:path';
import type { CompanionSettings } from '@touchstone/shared';
import type { Logger } from 'pino';
import type { Notices } from '../notices/notices.ts';
import { openJsonStore } from '../settings/json-store.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { pruneToSize } from '../store/prune-to-size.ts';
import type { History } from '../store/record-store.ts';
import { ClockMemory, confirmed, FIRST_CLOCK, isBelieved, lookAtClock } from './clock-sense.ts';

/** How often old records are looked for. */
const INTERVAL_MS = 60 * 60_000;

const DAY_MS = 24 * 60 * 60_000;

/** Names the clock among the notices. */
const SOURCE = 'clock';

const WARNING = 'The clock of this computer jumped, so old records are not deleted until it has been steady for a day.';

/** What the retention reads time from; tests bring their own. */
export interface Clocks {
  /** Milliseconds since 1970, as a person or a program may set it. */
  readonly wall: () => number;
  /** Milliseconds of a clock that nobody can set. */
  readonly running: () => number;
}

export interface RetentionRooms {
  /** Data folder, where the last sight of the clock is kept. */
  readonly home: string;
  readonly log: Pick<History, 'prune' | 'newest' | 'bytes' | 'count' | 'pruneOldest' | 'heldBack' | 'carryOut'>;
  readonly settings: Pick<SettingsStore, 'current'> & {
    /** Whoever chooses on another machine (`elsewhere`) has seen nothing of this one's clock. */
    subscribe(listener: (settings: CompanionSettings, elsewhere?: boolean) => void, until: AbortSignal): void;
  };
  /** Lets nobody else delete by the same choice meanwhile; absent where nobody else can. */
  readonly alone?: (work: () => Promise<void>) => Promise<void>;
  readonly notices: Notices;
  readonly logger: Logger;
  readonly clocks?: Clocks;
}

export interface Retention {
  /** Looks at the clock and deletes what is too old, if the clock can be believed. */
  look(): Promise<void>;
}

/**
 * Deletes what is older, or takes more space, than the person wants to keep: now, every hour, and when the choice changes. Never on a jump of the
 * clock: then it waits until the clock was steady for a day of running time, or until a person chooses anew how long to keep.
 */
export async function keepRetention(rooms: RetentionRooms, signal: AbortSignal): Promise<Retention> {
  const { log, settings, notices, logger, alone = (work) => work() } = rooms;
  const { wall, running } = rooms.clocks ?? { wall: Date.now, running: () => performance.now() };
  const store = await openJsonStore({
    path: join(rooms.home, 'clock.json'),
    schema: ClockMemory,
    // Without memory there is no trust: the clock must first be steady.
    afterDamage: { seen: null, steady: 0 },
    damageWords: 'The clock is watched for a day before old records are deleted.',
    // Without a sight of the clock the newest record tells when it was last right.
    empty: { ...FIRST_CLOCK, seen: (await log.newest())?.at ?? null },
    onWarning: (message) => logger.warn(message),
  });
  let { retentionDays: days, retentionBytes: bytes = null } = settings.current();
  let lookedAt = running();

  async function deleteOld(): Promise<void> {
    const old = days === null ? 0 : await log.prune(wall() - days * DAY_MS);
    if (old > 0) logger.info({ deleted: old, days }, 'old records deleted');
    // The oldest go first, so this too goes by what a clock said.
    const over = bytes === null ? 0 : await pruneToSize(log, bytes, signal);
    if (over > 0) logger.info({ deleted: over, bytes }, 'the oldest records deleted, to make room');
  }

  async function prune(): Promise<void> {
    try {
      await alone(deleteOld);
    } catch (error) {
      logger.error({ err: error }, 'old records could not be deleted');
    }
  }

  async function remember(memory: ClockMemory): Promise<void> {
    store.data = memory;
    await store.write().catch((error: unknown) => logger.warn({ err: error }, 'the clock could not be noted'));
  }

  async function look(byPerson = false): Promise<void> {
    const now = running();
    const looked = lookAtClock(store.data, wall(), now - lookedAt);
    const memory = byPerson ? confirmed(looked) : looked;
    lookedAt = now;
    if (isBelieved(memory)) {
      notices.clear(SOURCE);
      await prune();
    } else if (days !== null || bytes !== null) {
      notices.raise('clock-jumped', SOURCE, WARNING);
    }
    await remember(memory);
  }

  await look();
  const timer = setInterval(() => void look(), INTERVAL_MS);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  settings.subscribe((changed, elsewhere = false) => {
    const { retentionDays, retentionBytes = null } = changed;
    if (retentionDays === days && retentionBytes === bytes) return;
    days = retentionDays;
    bytes = retentionBytes;
    void look(!elsewhere);
  }, signal);
  return { look: () => look() };
}
