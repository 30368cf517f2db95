import type { Case } from '@touchstone/shared';
import type { Role } from '@touchstone/shared/api';
import { LANGUAGES, type MessageKey, textOf } from '@touchstone/shared/words';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ResultTab } from '../detail/result-tab.tsx';
import { rememberLanguage } from '../i18n/language.ts';
import { exampleRecord } from '../list/example-record.ts';
import { NothingYet } from '../list/list-states.tsx';
import { SelectionBar } from '../list/selection-bar.tsx';
import { rightsOf } from '../team/rights.ts';
import { TeamProvider } from '../team/team-context.tsx';
import { press, renderInPage } from '../ui/render-in-page.tsx';
import { CasesPage } from './cases-page.tsx';
import { FiledSection } from './filed-section.tsx';
import { sharingChange, withRight } from './share-draft.ts';

const answer = vi.fn<typeof fetch>();
const HUNG_MS = 300_000;

const one: Case = {
  id: 'c1',
  name: 'Fire',
  note: '',
  tags: [],
  createdAt: 0,
  updatedAt: 0,
  records: 3,
  standing: { right: 'own', owner: 'Ann', shared: false },
};
const LOOKED_AT: Case = { ...one, id: 'c2', standing: { right: 'view', owner: 'Ben <b>', shared: true } };

beforeEach(() => {
  vi.stubGlobal('fetch', answer);
  sessionStorage.setItem('touchstone.team', 'yes');
});
afterEach(() => {
  vi.unstubAllGlobals();
  answer.mockReset();
  localStorage.clear();
  sessionStorage.clear();
  document.body.replaceChildren();
});

const asked = (method: string) =>
  answer.mock.calls
    .filter(([, init]) => init?.method === method)
    .map(([address, init]) => `${String(address)} ${String(init?.body ?? '')}`.trim());

/** A team's server as somebody of a role sees it. */
function serveTo(role: Role, cases: readonly Case[]): void {
  const answers: Readonly<Record<string, unknown>> = {
    '/api/people/me': { id: 'p1', name: 'Ann', role, createdAt: 0, disabledAt: null },
    '/api/cases': { cases },
    '/api/colleagues': {
      people: [
        { id: 'p2', name: 'Ben' },
        { id: 'p3', name: 'Carl' },
      ],
    },
    '/api/cases/c1/sharing': { everybody: null, people: [{ id: 'p2', name: 'Ben', right: 'view' }] },
  };
  answer.mockImplementation(async (address, init) =>
    Response.json(init?.method === 'PUT' ? { everybody: 'view', people: [] } : (answers[String(address)] ?? {})),
  );
}

const buttonsIn = (page: ParentNode): string[] =>
  [...page.querySelectorAll('button')].map(({ textContent }) => textContent);
const button = (words: string) =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent === words) ?? null;

async function casesFor(role: Role, cases: readonly Case[]): Promise<HTMLElement> {
  serveTo(role, cases);
  const page = renderInPage(
    <TeamProvider>
      <CasesPage onClose={() => undefined} onShow={() => undefined} />
    </TeamProvider>,
  );
  await vi.waitFor(() => expect(page.querySelectorAll('.case')).toHaveLength(cases.length), HUNG_MS);
  return page;
}

it.each(LANGUAGES)('lets the owner of a case choose who sees it (%s)', async (language) => {
  rememberLanguage(localStorage, language);
  const text = (key: MessageKey) => textOf(language, key);
  const page = await casesFor('analyst', [one, LOOKED_AT]);
  await vi.waitFor(() => expect(buttonsIn(page)).toContain(text('share-case')), HUNG_MS);
  // Of the other case there is nothing to share, to change or to delete.
  const [own, shared] = page.querySelectorAll('.case');
  if (!own || !shared) throw new Error('there are two cases');
  expect(buttonsIn(own)).toEqual(
    ['show-case', 'case-report', 'share-case', 'edit-case', 'delete-case'].map((key) => text(key as MessageKey)),
  );
  expect(buttonsIn(shared)).toEqual(['show-case', 'case-report'].map((key) => text(key as MessageKey)));
  expect(shared.textContent).toContain(textOf(language, 'case-shared-by', { name: 'Ben <b>' }));
  expect(shared.textContent).toContain(text('case-view'));
  press(button(text('share-case')));
  await vi.waitFor(() => expect(document.querySelectorAll('.share-choice')).toHaveLength(3), HUNG_MS);
  const dialog = document.querySelector('[role=dialog]');
  expect(dialog?.textContent).toContain(text('share-everybody'));
  const choices = [...document.querySelectorAll('.share-choice')].map(
    (choice) => choice.querySelector('.select-value')?.textContent,
  );
  expect(choices).toEqual([text('share-none'), text('share-view'), text('share-none')]);
  press(button(text('save')));
  await vi.waitFor(
    () =>
      expect(asked('PUT')).toEqual(['/api/cases/c1/sharing {"everybody":null,"people":[{"id":"p2","right":"view"}]}']),
    HUNG_MS,
  );
});

it('has each person once in what is sent', () => {
  const people = [{ id: 'a', name: 'Ann', right: 'view' }] as const;
  const ben = { id: 'b', name: 'Ben' };
  expect(
    sharingChange({ everybody: 'view', people: withRight(withRight([...people], ben, 'view'), ben, 'edit') }),
  ).toEqual({
    everybody: 'view',
    people: [
      { id: 'a', right: 'view' },
      { id: 'b', right: 'edit' },
    ],
  });
  expect(withRight([...people], { id: 'a', name: 'Ann' }, null)).toEqual([]);
});

it('gives each role what the server gives it, and everything where there is no team', () => {
  const of = (role: Role | null | undefined) => {
    const { mayWork, mayManage, mayShare, mayTakeOwn } = rightsOf(role);
    return [mayWork, mayManage, mayShare(one), mayTakeOwn({})];
  };
  expect([of(null), of(undefined), of('reader'), of('analyst'), of('admin')]).toEqual([
    [true, true, false, true],
    [false, false, false, false],
    [false, false, false, true],
    [true, false, true, true],
    [true, true, true, true],
  ]);
  const shared = (right: 'view' | 'edit') => ({ shared: { owner: 'Ben', right } });
  const { mayEdit, mayOwn, mayTakeOwn } = rightsOf('admin');
  expect(mayTakeOwn(shared('edit'))).toBe(false);
  expect([mayEdit({}), mayEdit(shared('view')), mayEdit(shared('edit')), mayOwn({}), mayOwn(shared('edit'))]).toEqual([
    true,
    false,
    true,
    true,
    false,
  ]);
});

const FILED = exampleRecord({ cases: [{ id: 'c1', name: 'Night' }] });

it('offers a reader nothing that would be refused, and says why', async () => {
  const page = await casesFor('reader', [one, LOOKED_AT]);
  const text = (key: MessageKey) => textOf('en', key);
  for (const of of page.querySelectorAll('.case'))
    expect(buttonsIn(of)).toEqual([text('show-case'), text('case-report')]);
  expect(buttonsIn(page)).not.toContain(text('new-case'));
  const record = exampleRecord({ label: 'fake', note: 'by the quay', tags: ['night'] });
  const rest = renderInPage(
    <TeamProvider>
      <ResultTab record={record} name="a.png" onOpen={() => undefined} onEvidence={() => undefined} />
      <NothingYet onCheckFiles={() => undefined} />
      <SelectionBar
        filter={{}}
        selection={{ ids: new Set(['a', 'b']), all: false, anchor: null }}
        total={2}
        sizeOfRow={() => 1}
        actions={{} as never}
        exportName={() => ''}
        onSelect={() => undefined}
      />
    </TeamProvider>,
  );
  await vi.waitFor(() => expect(rest.textContent).toContain(text('role-only-look')), HUNG_MS);
  expect(rest.textContent).toContain('by the quay');
  expect(rest.textContent).toContain(text('history-label-fake'));
  const forbidden: MessageKey[] = [
    'add-to-case',
    'recheck-open',
    'recheck-open-file',
    'delete',
    'export',
    'check-files',
    'heat-toggle',
    'save-note',
  ];
  for (const key of forbidden) expect([key, buttonsIn(rest).includes(text(key))]).toEqual([key, false]);
  expect(rest.querySelectorAll('textarea, input')).toHaveLength(0);
  // What is one's own leaves a case all the same.
  const { name = '' } = FILED.cases?.[0] ?? {};
  const filed = renderInPage(
    <TeamProvider>
      <FiledSection record={FILED} />
      <FiledSection record={{ ...FILED, id: 'theirs', shared: { owner: 'Ben', right: 'view' } }} />
    </TeamProvider>,
  );
  const crosses = () => [...filed.querySelectorAll('.tag-remove')].map((cross) => cross.getAttribute('aria-label'));
  await vi.waitFor(() => expect(crosses()).toEqual([textOf('en', 'take-from', { name })]), HUNG_MS);
  expect(asked('POST')).toEqual([]);
});
