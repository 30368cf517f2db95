import type { ResultRecord } from '@touchstone/shared';
import { expect, it, onTestFinished } from 'vitest';
import { generatedRecord } from '../../log/fixtures/generated-records.ts';
import type { LogEvent } from '../../store/record-store.ts';
import { openEventBus } from '../events/event-bus.ts';
import { opened, testDatabases } from '../fixtures/team-database.ts';
import { createAuditLog } from '../people/audit.ts';
import { addPerson, createPeople } from '../people/people.ts';
import { createCaseSharings } from './case-sharing.ts';
import { createTeamWriter } from './record-writer.ts';
import { createTeamCases } from './team-cases.ts';
import { openTeamHistory } from './team-history.ts';

const databases = testDatabases({ fsync: 'off' });
const fire = { name: 'Fire in the harbour', note: 'Three pictures of one night.', tags: ['harbour'] };
const PICTURES = { thumbnail: Uint8Array.of(1), original: Uint8Array.of(2), peaks: [Uint8Array.of(3)] };
const TENANT = 'team';

/** Three people of one team: Ann and Carl at one process, Ben at another. Each has records of their own. */
async function threePeople() {
  const url = await databases.fresh();
  const processOf = async () => {
    const database = opened(url);
    const bus = await openEventBus(url, database.kysely);
    onTestFinished(() => bus.close());
    return { database, bus, writer: createTeamWriter(database.kysely, TENANT, async () => new Set()) };
  };
  const [near, far] = [await processOf(), await processOf()];
  const { kysely } = near.database;
  const person = async (id: string, rooms: typeof near, first: number) => {
    await kysely.transaction().execute((trx) => addPerson(trx, TENANT, { id, name: `The ${id}`, role: 'analyst' }, 0));
    const scope = { tenant: TENANT, owner: id };
    const history = await openTeamHistory(rooms, scope);
    onTestFinished(() => history.close());
    const records = Array.from({ length: 3 }, (_, index) => generatedRecord(first + index));
    for (const record of records) await history.append(record, PICTURES);
    const events: LogEvent[] = [];
    history.subscribe((event) => events.push(event), new AbortController().signal);
    const made = [scope, history] as const;
    return {
      id,
      history,
      events,
      ids: records.map((record) => record.id),
      cases: createTeamCases(rooms.database.kysely, ...made),
      sharings: createCaseSharings(rooms.database.kysely, ...made),
    };
  };
  const ann = await person('ann', near, 0);
  const ben = await person('ben', far, 10);
  const carl = await person('carl', near, 20);
  const audit = async () => (await createAuditLog(kysely, TENANT).list(100)).toReversed();
  return { ann, ben, carl, kysely, audit };
}

type Three = Awaited<ReturnType<typeof threePeople>>;
type One = Three['ann'];

/** Everything that can be asked of a record by its id, as far as it is answered. */
async function opens({ history }: One, id: string): Promise<string[]> {
  const all = {
    record: await history.get(id),
    thumbnail: await history.thumbnail(id),
    original: await history.original(id),
    peak: await history.peak(id, 0),
    chain: await history.chainLink(id),
  };
  return Object.entries(all).flatMap(([name, found]) => (found === undefined ? [] : [name]));
}

const ALL = ['record', 'thumbnail', 'original', 'peak', 'chain'];

/** Ann's case with two of her three records. */
async function fileOf(ann: One): Promise<string> {
  const { id } = await ann.cases.create(fire);
  await ann.cases.add(id, { ids: ann.ids.slice(0, 2) });
  return id;
}

const codeOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    (answer) => answer,
    (error: unknown) => (error as { code: string }).code,
  );

it('shows a shared case to those who are named and to nobody else, until it is unshared', async () => {
  const { ann, ben, carl } = await threePeople();
  const id = await fileOf(ann);
  const [first = '', , kept = ''] = ann.ids;
  expect([await opens(ben, first), await ben.cases.get(id), await ben.cases.list()]).toEqual([[], undefined, []]);
  await ann.cases.annotate(first, { note: 'by the quay', tags: ['night'] });
  await ann.history.setLabel(first, 'fake');
  const shared = await ann.sharings.change(id, { everybody: null, people: [{ id: 'ben', right: 'view' }] });
  expect(shared).toEqual({ everybody: null, people: [{ id: 'ben', name: 'The ben', right: 'view' }] });
  expect(await opens(ben, first)).toEqual(ALL);
  expect(await ben.history.get(first)).toMatchObject({
    label: 'fake',
    note: 'by the quay',
    tags: ['night'],
    cases: [{ id, name: fire.name }],
    shared: { owner: 'The ann', right: 'view' },
  });
  expect(await ann.history.get(first)).not.toHaveProperty('shared');
  expect(await ben.cases.list()).toMatchObject([
    { id, records: 2, standing: { right: 'view', owner: 'The ann', shared: true } },
  ]);
  const listed = await ben.history.query({ filter: { case: id } });
  expect([listed.total, listed.records.map((record) => record.id)]).toEqual([2, ann.ids.slice(0, 2).toReversed()]);
  expect((await ben.history.query({ filter: { case: id }, groups: true })).groups?.total).toBe(2);
  const exported: string[] = [];
  for await (const record of ben.history.iterate({ case: id })) exported.push(record.id);
  expect(exported).toHaveLength(2);
  // Nothing else of hers, and nothing of it in what is his.
  expect([await opens(ben, kept), await opens(carl, first), await carl.cases.list()]).toEqual([[], [], []]);
  expect((await carl.history.query({ filter: { case: id } })).total).toBe(0);
  expect((await ben.history.query({})).records.map((record) => record.id)).toEqual(ben.ids.toReversed());
  expect([ben.history.count(), (await ben.history.facets()).tags]).toEqual([3, []]);
  const record = (await ann.history.get(first)) as ResultRecord;
  expect(await ben.history.findExact(record.picture.sha256, 'thorough@1.0.0', 'image')).toBeUndefined();
  expect((await ben.history.query({ filter: { tag: ['night'] } })).total).toBe(0);
  // Taken out of the case it is out of sight, and so is what is left once nobody is named.
  await ann.cases.take(id, { ids: [first] });
  expect([await opens(ben, first), await opens(ben, ann.ids[1] ?? '')]).toEqual([[], ALL]);
  await ann.sharings.change(id, { everybody: null, people: [] });
  expect([await opens(ben, ann.ids[1] ?? ''), await ben.cases.get(id)]).toEqual([[], undefined]);
  expect((await ben.history.query({ filter: { case: id } })).total).toBe(0);
});

it('lets those who may only look change nothing, and nobody but the owner delete or share', async () => {
  const { ann, ben, carl } = await threePeople();
  const id = await fileOf(ann);
  const [first = ''] = ann.ids;
  const tries = (one: One) => ({
    change: codeOf(one.cases.change(id, { name: 'mine' })),
    add: codeOf(one.cases.add(id, { ids: one.ids.slice(0, 1) })),
    take: codeOf(one.cases.take(id, { ids: [first] })),
    takeAll: codeOf(one.cases.take(id, { filter: {} })),
    annotate: codeOf(one.cases.annotate(first, { note: 'mine' })),
    label: codeOf(one.history.setLabel(first, 'real')),
    deleteCase: codeOf(one.cases.delete(id)),
    deleteIds: codeOf(one.history.deleteIds([first])),
    holdBack: codeOf(one.history.holdBack({ ids: [first] }, Date.now() + 60_000)),
    sharing: codeOf(one.sharings.get(id)),
    share: codeOf(one.sharings.change(id, { everybody: 'edit', people: [] })),
  });
  const answers = async (one: One) => {
    const asked = tries(one);
    return Object.fromEntries(
      await Promise.all(Object.entries(asked).map(async ([name, answer]) => [name, await answer] as const)),
    );
  };
  await ann.sharings.change(id, { everybody: null, people: [{ id: 'ben', right: 'view' }] });
  const seen = await answers(ben);
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, 'not-yours'])));
  expect(await answers(carl)).toEqual({
    change: undefined,
    add: undefined,
    take: undefined,
    takeAll: undefined,
    annotate: false,
    label: false,
    deleteCase: false,
    deleteIds: 0,
    holdBack: { deleted: 0 },
    sharing: undefined,
    share: undefined,
  });
  expect(await ben.history.labelContent((await ann.history.get(first))?.picture.sha256 ?? '', 'real')).toEqual([]);
  expect(await ben.history.deleteFilter({ case: id })).toBe(0);
  expect(await ann.history.get(first)).toMatchObject({ label: null, cases: [{ name: fire.name }] });
  expect(await ann.cases.get(id)).toMatchObject({ name: fire.name, records: 2 });
  await ann.sharings.change(id, { everybody: 'edit', people: [] });
  expect(
    await Promise.all([
      codeOf(carl.cases.delete(id)),
      codeOf(carl.history.deleteIds([first])),
      codeOf(carl.history.holdBack({ ids: [first] }, Date.now() + 60_000)),
      codeOf(carl.sharings.get(id)),
      codeOf(carl.sharings.change(id, { everybody: null, people: [] })),
    ]),
  ).toEqual(Array.from({ length: 5 }, () => 'not-yours'));
});

it('lets those who may edit label, write, file their own and take out', async () => {
  const { ann, ben, carl, audit } = await threePeople();
  const id = await fileOf(ann);
  const [first = '', second = ''] = ann.ids;
  const [own = '', other = ''] = ben.ids;
  await ann.sharings.change(id, {
    everybody: 'view',
    people: [{ id: 'ben', right: 'edit' }],
  });
  expect(await ben.cases.change(id, { name: 'Fire' })).toMatchObject({ name: 'Fire', standing: { right: 'edit' } });
  expect(await ben.history.setLabel(first, 'real')).toBe(true);
  expect(await ben.cases.annotate(first, { note: 'seen at noon', tags: ['noon'] })).toBe(true);
  expect(await ann.history.get(first)).toMatchObject({ label: 'real', note: 'seen at noon', tags: ['noon'] });
  // What was shared with somebody is not theirs to pass on.
  const mine = await ben.cases.create({ ...fire, name: 'Mine' });
  expect(await ben.cases.add(mine.id, { ids: [first, own] })).toMatchObject({ added: 1 });
  expect(await ben.cases.add(mine.id, { filter: { case: id } })).toMatchObject({ added: 0 });
  expect(await ben.cases.add(id, { ids: [own, other] })).toMatchObject({ added: 2, case: { records: 4 } });
  expect([await opens(ann, own), await opens(carl, own)]).toEqual([ALL, ALL]);
  // Of the cases of a record each sees those that they see.
  expect((await carl.history.get(own))?.cases).toEqual([{ id, name: 'Fire' }]);
  expect(await ben.cases.take(id, { ids: [second] })).toMatchObject({ taken: 1 });
  expect(await opens(carl, second)).toEqual([]);
  // One who may only look takes back what is theirs, and no more.
  await ann.sharings.change(id, { everybody: 'view', people: [] });
  expect(await ben.cases.take(id, { filter: {} })).toMatchObject({ taken: 2, case: { records: 1 } });
  expect(await opens(ann, own)).toEqual([]);
  expect((await audit()).map(({ person, action, target, detail }) => [person, action, target === id, detail])).toEqual([
    ['ann', 'case-shared', true, 'everybody view'],
    ['ann', 'case-shared', true, 'ben edit'],
    ['ben', 'records-shared', true, '2'],
    ['ben', 'records-unshared', true, '1'],
    ['ann', 'case-unshared', true, 'ben'],
    ['ben', 'records-unshared', true, '2'],
  ]);
});

it('takes somebody’s records out of a case that they no longer see', async () => {
  const { ann, ben, carl, kysely } = await threePeople();
  const id = await fileOf(ann);
  await ann.sharings.change(id, {
    everybody: null,
    people: [
      { id: 'ben', right: 'edit' },
      { id: 'carl', right: 'view' },
    ],
  });
  await ben.cases.add(id, { ids: ben.ids });
  expect(await opens(carl, ben.ids[0] ?? '')).toEqual(ALL);
  expect(
    await ann.sharings
      .change(id, { everybody: null, people: [{ id: 'nobody', right: 'view' }] })
      .catch((error: { code: string }) => error.code),
  ).toBe('not-found');
  expect(await ann.cases.get(id)).toMatchObject({ records: 5 });
  await ann.sharings.change(id, { everybody: null, people: [{ id: 'carl', right: 'view' }] });
  expect([await opens(carl, ben.ids[0] ?? ''), await opens(ann, ben.ids[0] ?? '')]).toEqual([[], []]);
  expect(await ann.cases.get(id)).toMatchObject({ records: 2 });
  expect(await ben.sharings.colleagues()).toEqual([
    { id: 'ann', name: 'The ann' },
    { id: 'carl', name: 'The carl' },
  ]);
  await createPeople(kysely, TENANT).change('carl', { disabled: true }, null);
  expect(await ben.sharings.colleagues()).toEqual([{ id: 'ann', name: 'The ann' }]);
});

it('tells nobody of an earlier check that was not shared', async () => {
  const { ann, ben } = await threePeople();
  const { id } = await ann.cases.create(fire);
  const [earlier = ''] = ann.ids;
  const evidence = {
    kind: 'seen-before',
    direction: 'neutral',
    strength: 0,
    code: 'seen-same-file',
    sentence: 'You checked the same file before.',
    details: { verdict: 'fake', at: 1, distance: 0 },
  } as const;
  const plain = generatedRecord(50);
  const again: ResultRecord = {
    ...plain,
    seenBefore: { recordId: earlier, at: 1, verdict: 'fake', distance: 0, exact: true },
    recheckOf: earlier,
    evidence: [...plain.evidence, evidence],
    verdict: {
      ...plain.verdict,
      reasons: [
        ...plain.verdict.reasons,
        { code: evidence.code, direction: 'neutral', text: evidence.sentence, details: evidence.details },
      ],
    },
  };
  await ann.history.append(again, PICTURES);
  await ann.cases.add(id, { ids: [again.id] });
  await ann.sharings.change(id, { everybody: 'view', people: [] });
  const told = JSON.stringify(await ben.history.get(again.id));
  for (const word of [earlier, 'seen-before', 'seenBefore', 'seen-same-file', 'recheckOf'])
    expect([word, told.includes(word)]).toEqual([word, false]);
  expect(await ann.history.get(again.id)).toMatchObject({ seenBefore: { recordId: earlier }, recheckOf: earlier });
  await ann.cases.add(id, { ids: [earlier] });
  expect(await ben.history.get(again.id)).toMatchObject({
    seenBefore: { recordId: earlier },
    recheckOf: earlier,
    evidence: expect.arrayContaining([expect.objectContaining({ kind: 'seen-before' })]),
  });
});

it('tells of changes whoever sees the case, at every process, and nobody else', async () => {
  const { ann, ben, carl } = await threePeople();
  const id = await fileOf(ann);
  const [first = ''] = ann.ids;
  const clear = () => {
    for (const { events } of [ann, ben, carl]) events.length = 0;
  };
  /** What each heard of one deed; the last of it is a deed of their own, told behind it. */
  const heard = async (deed: () => Promise<unknown>) => {
    clear();
    await deed();
    await expect.poll(() => ben.events.length, { timeout: 60_000 }).toBeGreaterThan(0);
    return { ben: ben.events.map(({ type }) => type), carl: carl.events.map(({ type }) => type) };
  };
  expect(
    await heard(() => ann.sharings.change(id, { everybody: null, people: [{ id: 'ben', right: 'edit' }] })),
  ).toEqual({
    ben: ['cases'],
    carl: [],
  });
  expect(await heard(() => ann.cases.annotate(first, { note: 'a note' }))).toEqual({ ben: ['cases'], carl: [] });
  expect(await heard(() => ann.history.setLabel(first, 'fake'))).toEqual({ ben: ['label'], carl: [] });
  expect(ben.events).toEqual([{ type: 'label', id: first, label: 'fake' }]);
  // By him it is told to her, at the other process.
  clear();
  await ben.history.setLabel(first, 'real');
  await expect.poll(() => ann.events, { timeout: 60_000 }).toEqual([{ type: 'label', id: first, label: 'real' }]);
  const held = await ann.history.holdBack({ ids: [first] }, Date.now() + 60_000);
  await expect.poll(() => ben.events.at(-1), { timeout: 60_000 }).toEqual({ type: 'cases' });
  expect(await opens(ben, first)).toEqual([]);
  expect(await heard(() => ann.history.restore(held.held?.id ?? ''))).toEqual({ ben: ['cases'], carl: [] });
  expect(await opens(ben, first)).toEqual(ALL);
  expect(await heard(() => ann.history.deleteIds([first]))).toEqual({ ben: ['cases'], carl: [] });
  expect(await heard(() => ann.sharings.change(id, { everybody: null, people: [] }))).toEqual({
    ben: ['cases'],
    carl: [],
  });
  // A case that nobody else sees is nobody else's matter: what is told next is the first that he hears.
  clear();
  await ann.cases.change(id, { name: 'Only mine' });
  await ann.cases.take(id, { ids: ann.ids });
  await ben.history.setLabel(ben.ids[0] ?? '', 'fake');
  expect([ben.events.map(({ type }) => type), carl.events]).toEqual([['label'], []]);
});

it('forgets shares with their case, and everything with whoever deletes everything', async () => {
  const { ann, ben } = await threePeople();
  const id = await fileOf(ann);
  await ann.sharings.change(id, { everybody: 'edit', people: [{ id: 'ben', right: 'view' }] });
  // Shared with everybody for more than with him alone: the most of both is his.
  expect(await ben.cases.get(id)).toMatchObject({ standing: { right: 'edit' } });
  await ben.cases.add(id, { ids: ben.ids.slice(0, 1) });
  await ann.history.deleteFilter({});
  expect([await ben.cases.list(), (await ben.history.get(ben.ids[0] ?? ''))?.id]).toEqual([[], ben.ids[0]]);
  expect(await ben.history.verify()).toMatchObject({ intact: true });
});
