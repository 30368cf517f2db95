import { AsyncLocalStorage } from 'node:async_hooks';
import { clientOfPerson } from '../../gateway/v1/client-of.ts';
import type { JobWork } from '../../jobs/job.ts';
import type { JobLedger } from '../../jobs/job-ledger.ts';
import { createRecentPictures, type RecentPictures } from '../../pipeline/recent-pictures.ts';
import type { CaseStore } from '../../store/case-store.ts';
import type { TeamLedger } from '../jobs/team-ledger.ts';
import { TENANT, type Team } from '../open-team.ts';
import { type CaseSharings, createCaseSharings } from '../records/case-sharing.ts';
import type { OwnerScope } from '../records/owner-scope.ts';
import { createTeamCases } from '../records/team-cases.ts';

/** Checks of one person. */
export type OwnedLedger = JobLedger & Pick<TeamLedger, 'acceptWaited' | 'leave'>;

/** Checks of whoever asks: others' are not there. */
export function ownedLedger(ledger: TeamLedger, owners: Pick<OwnerScope, 'owner'>): OwnedLedger {
  const get: JobLedger['get'] = async (id) => {
    const job = await ledger.get(id);
    return job?.work.owner === owners.owner() ? job : undefined;
  };
  /** Whichever of their programs asks: else whoever has the most tokens had the most turns. */
  function owned(work: JobWork): JobWork {
    const owner = owners.owner();
    return { ...work, owner, client: clientOfPerson(owner) };
  }

  return {
    ...ledger,
    accept: (works, request) => ledger.accept(works.map(owned), request),
    acceptWaited: (work, waiter) => ledger.acceptWaited(owned(work), waiter),
    get,
    async list(asked) {
      // The place of another's check would tell that it exists: ids are made of what is asked, and can be guessed.
      if (asked.before !== undefined && !(await get(asked.before))) return [];
      return ledger.list({ ...asked, owner: owners.owner() });
    },
    cancel: async (id) => ((await get(id)) ? ledger.cancel(id) : undefined),
    retry: async (id) => ((await get(id)) ? ledger.retry(id) : undefined),
    subscribe(listener, signal) {
      const owner = owners.owner();
      // What changes a job is done in anybody's name; who hears of it goes on in their own.
      const tell = AsyncLocalStorage.bind(listener);
      ledger.subscribe((job) => {
        if (job.work.owner === owner) tell(job);
      }, signal);
    },
  };
}

/** With whom whoever asks shares their cases. */
export function ownedSharings({ database, owners }: Pick<Team, 'database' | 'owners'>): CaseSharings {
  const own = (): CaseSharings =>
    createCaseSharings(database.kysely, { tenant: TENANT, owner: owners.owner() }, owners.history);
  return {
    get: (id) => own().get(id),
    change: (id, change) => own().change(id, change),
    colleagues: () => own().colleagues(),
  };
}

/** Cases of whoever asks, and those that are shared with them. */
export function ownedCases({ database, owners }: Pick<Team, 'database' | 'owners'>): CaseStore {
  const own = (): CaseStore =>
    createTeamCases(database.kysely, { tenant: TENANT, owner: owners.owner() }, owners.history);
  return {
    list: () => own().list(),
    get: (id) => own().get(id),
    create: (given) => own().create(given),
    change: (id, change) => own().change(id, change),
    delete: (id) => own().delete(id),
    add: (id, records) => own().add(id, records),
    take: (id, records) => own().take(id, records),
    annotate: (recordId, notes) => own().annotate(recordId, notes),
  };
}

/** People whose last pictures are held; the one who came first goes. */
const MAX_PEOPLE = 32;

/** Encoded bytes held for one person. */
const BYTES_A_PERSON = 16 * 1024 * 1024;

/** Pictures of the last checks, for whoever checked them and nobody else, not even by their hash. */
export function ownedRecent(owners: OwnerScope, signal: AbortSignal): RecentPictures {
  const all = new Map<string, { readonly pictures: RecentPictures; readonly over: AbortController }>();

  function picturesOf(owner: string): RecentPictures {
    const known = all.get(owner);
    if (known) return known.pictures;
    const over = new AbortController();
    const pictures = createRecentPictures(AbortSignal.any([signal, over.signal]), { maxBytes: BYTES_A_PERSON });
    all.set(owner, { pictures, over });
    const [oldest] = all.keys();
    if (all.size > MAX_PEOPLE && oldest !== undefined) {
      all.get(oldest)?.over.abort();
      all.delete(oldest);
    }
    return pictures;
  }

  const own = (): RecentPictures => picturesOf(owners.owner());
  owners.subscribeToAll((event, owner) => {
    if (event.type === 'deleted') all.get(owner)?.pictures.forget(event.ids);
  }, signal);
  return {
    remember: (record, bytes) => own().remember(record, bytes),
    find: (id) => own().find(id),
    bytesOf: (sha256) => own().bytesOf(sha256),
    forget: (ids) => own().forget(ids),
  };
}
