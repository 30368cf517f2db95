import type { PgBoss } from 'pg-boss';
import type { ContentStore } from '../store/content-store.ts';
import type { Contents } from '../store/contents.ts';
import type { EmbeddingStore } from '../store/embedding-store.ts';
import { createTeamContents } from './content/team-contents.ts';
import { persistently, told } from './database/database-errors.ts';
import { migrateTeam } from './database/migrations.ts';
import { openTeamDatabase, type TeamDatabase } from './database/open-database.ts';
import { requireDatabase } from './database/require-sessions.ts';
import { type EventBus, openEventBus } from './events/event-bus.ts';
import { createJobEnding } from './jobs/end-jobs.ts';
import { openQueue } from './jobs/queue.ts';
import { createTeamLedger, type TeamLedger } from './jobs/team-ledger.ts';
import { createOwnerScope, type OwnerScope } from './records/owner-scope.ts';
import { createTeamWriter } from './records/record-writer.ts';
import { createTeamEmbeddings } from './records/team-embeddings.ts';
import { openTeamHistory } from './records/team-history.ts';

/** The one desk of a database. The tables can hold several. */
export const TENANT = 'team';

export interface TeamOptions {
  /** `postgres://...`, straight to the server. */
  readonly database: string;
  readonly content: ContentStore;
  /** Queues whose packs this process has; absent for one that only accepts. */
  readonly queues?: () => Promise<readonly string[]>;
  /** Whether this process does the work, and needs to hear of nothing else. */
  readonly works?: boolean;
  readonly onTrouble?: (error: unknown) => void;
  readonly onWarning?: (message: string) => void;
}

export interface Team {
  readonly database: TeamDatabase;
  readonly boss: PgBoss;
  readonly bus: EventBus;
  readonly ledger: TeamLedger;
  readonly contents: Contents;
  readonly embeddings: EmbeddingStore;
  readonly owners: OwnerScope;
  close(): Promise<void>;
}

/**
 * Opens what a team's processes share: the database, brought to this version, with the queue, the records and the contents.
 * @throws TouchstoneError `config-invalid` where the database cannot be used, or is behind a pooler of transactions
 */
export async function openTeam(options: TeamOptions): Promise<Team> {
  const { onTrouble = () => {}, onWarning = () => {}, queues = async () => [], works = false } = options;
  const database = openTeamDatabase(options.database, { onTrouble, prepares: works });
  try {
    await requireDatabase(options.database);
    await persistently(() => migrateTeam(database.kysely));
    const boss = await told(() => openQueue(options.database, { supervise: true, onTrouble }));
    const bus = await told(() => openEventBus(options.database, database.kysely, onTrouble));
    const ledger = createTeamLedger({ database, boss, bus, tenant: TENANT, queues, onTrouble, works });
    const writer = createTeamWriter(database.kysely, TENANT, createJobEnding(boss, TENANT));
    const contents = createTeamContents(database.kysely, options.content);
    const owners = createOwnerScope((owner) =>
      openTeamHistory({ database, bus, writer, contents, works, onWarning }, { tenant: TENANT, owner }),
    );
    const embeddings = createTeamEmbeddings(database.kysely, TENANT, owners.owner);
    const over = new AbortController();
    owners.subscribeToAll((event) => {
      if (event.type === 'record' && event.jobId !== undefined) ledger.ended([event.jobId]).catch(onTrouble);
    }, over.signal);
    return {
      database,
      boss,
      bus,
      ledger,
      contents,
      embeddings,
      owners,
      async close() {
        await owners.close();
        over.abort();
        await embeddings.settled();
        await ledger.close();
        await bus.close();
        await boss.stop({ graceful: false });
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
