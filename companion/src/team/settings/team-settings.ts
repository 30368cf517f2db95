import { CompanionSettings, type SettingsPatch, TouchstoneError } from '@touchstone/shared';
import { type Kysely, sql } from 'kysely';
import * as v from 'valibot';
import type { SettingsStore } from '../../settings/settings-store.ts';
import { told } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';
import type { EventBus } from '../events/event-bus.ts';
import { noteDeed } from '../people/audit.ts';

/** What a team chooses for everybody; the rest of a companion's settings is of one computer. */
const TeamChoices = v.pick(CompanionSettings, [
  'retentionDays',
  'retentionBytes',
  'keepThumbnails',
  'keepOriginals',
  'quickPack',
  'thoroughPack',
]);

/** How often it is looked whether another process changed them, since a message can be lost. Milliseconds. */
const LOOK_EVERY_MS = 30_000;

/** Nothing is kept beside records, and nothing deleted: what a team chose cannot be read. */
const UNREADABLE: CompanionSettings = {
  ...v.parse(CompanionSettings, {}),
  keepThumbnails: false,
  keepOriginals: false,
};

type Listener = (settings: CompanionSettings, elsewhere: boolean) => void;

export interface TeamSettings extends Pick<SettingsStore, 'current'> {
  /** @param listener is told of a change, and whether it was made in another process */
  subscribe(listener: Listener, until: AbortSignal): void;
  /**
   * Changes what is named, for every process of the team; the audit log has what, with the change.
   * @param by id of who does it @throws TouchstoneError `bad-request` for what a team has no choice of
   */
  change(patch: SettingsPatch, by: string): Promise<CompanionSettings>;
}

export interface TeamSettingsRooms {
  readonly database: Kysely<TeamTables>;
  readonly bus: Pick<EventBus, 'spread' | 'subscribe' | 'onGap'>;
  readonly tenant: string;
  /** Is told, in a sentence, what could not be read. */
  readonly onWarning: (message: string) => void;
}

const sameText = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** @throws TouchstoneError `bad-request` */
function requireChoices(patch: SettingsPatch): void {
  const foreign = Object.keys(patch).filter((name) => !(name in TeamChoices.entries));
  if (foreign.length > 0) throw new TouchstoneError('bad-request', `a team does not choose ${foreign.join(', ')}`);
}

/** What was changed, for the audit log: names and values. */
const changesOf = (before: CompanionSettings, after: CompanionSettings): string =>
  (Object.keys(TeamChoices.entries) as (keyof CompanionSettings)[])
    .filter((name) => !sameText(before[name] ?? null, after[name] ?? null))
    .map((name) => `${name} ${String(after[name] ?? null)}`)
    .join(', ');

/**
 * Opens the settings of a team, which every process of it follows, until `signal` aborts.
 * @throws TouchstoneError `log-failed` where the database does not answer
 */
export async function openTeamSettings(rooms: TeamSettingsRooms, signal: AbortSignal): Promise<TeamSettings> {
  const { database, bus, tenant, onWarning } = rooms;
  const listeners = new Set<Listener>();

  async function read(executor: Kysely<TeamTables>): Promise<CompanionSettings> {
    const found = sql<{ settings: string }>`SELECT settings FROM team_settings WHERE tenant = ${tenant}`;
    const [row] = (await found.execute(executor)).rows;
    if (!row) return v.parse(CompanionSettings, {});
    const known = v.safeParse(v.pipe(v.string(), v.parseJson(), TeamChoices), row.settings);
    if (known.success) return v.parse(CompanionSettings, known.output);
    onWarning('The settings of the team cannot be read: no pictures are kept until an admin chooses again.');
    return UNREADABLE;
  }

  let settings = await told(() => read(database));

  function take(next: CompanionSettings, elsewhere: boolean): void {
    if (sameText(settings, next)) return;
    settings = next;
    for (const listener of listeners) listener(next, elsewhere);
  }

  const look = (): void => {
    read(database).then(
      (next) => take(next, true),
      (error: unknown) => onWarning(`The settings of the team could not be read: ${error}`),
    );
  };
  bus.subscribe(({ tenant: of, told: { type } }) => {
    if (of === tenant && type === 'settings') look();
  }, signal);
  bus.onGap(look, signal);
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });

  return {
    current: () => settings,
    async change(patch, by) {
      requireChoices(patch);
      const changed = await told(() =>
        database.transaction().execute(async (trx) => {
          // Two who change different things at once take turns, so that neither undoes the other.
          await sql`SELECT pg_advisory_xact_lock(hashtextextended(${tenant}, 5))`.execute(trx);
          const before = await read(trx);
          const after = v.parse(CompanionSettings, { ...before, ...patch });
          const text = JSON.stringify(v.parse(TeamChoices, after));
          await sql`INSERT INTO team_settings (tenant, settings) VALUES (${tenant}, ${text})
            ON CONFLICT (tenant) DO UPDATE SET settings = ${text}`.execute(trx);
          const detail = changesOf(before, after);
          if (detail !== '')
            await noteDeed(trx, tenant, { person: by, action: 'settings-changed', detail }, Date.now());
          return after;
        }),
      );
      take(changed, false);
      await bus
        .spread({ tenant, owner: null, told: { type: 'settings' } })
        .catch((error: unknown) => onWarning(`Nobody else was told of the settings: ${error}`));
      return changed;
    },
    subscribe(listener, until) {
      if (until.aborted) return;
      listeners.add(listener);
      until.addEventListener('abort', () => listeners.delete(listener), { once: true });
    },
  };
}
