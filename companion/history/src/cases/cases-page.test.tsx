import type { Case, ResultRecord } from '@touchstone/shared';
import { LANGUAGES, textOf } from '@touchstone/shared/words';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rememberLanguage } from '../i18n/language.ts';
import { exampleRecord } from '../list/example-record.ts';
import { press, renderInPage } from '../ui/render-in-page.tsx';
import { CasesPage } from './cases-page.tsx';
import { FiledSection } from './filed-section.tsx';

const answer = vi.fn<typeof fetch>();
const one: Case = {
  id: 'c1',
  name: 'Fire <b>',
  note: 'Two\nlines',
  tags: ['harbour'],
  createdAt: 0,
  updatedAt: Date.UTC(2026, 2, 28, 12),
  records: 3,
};

beforeEach(() => vi.stubGlobal('fetch', answer));
afterEach(() => {
  vi.unstubAllGlobals();
  answer.mockReset();
  localStorage.clear();
  document.body.replaceChildren();
});

/** What was asked of the companion, and how. */
const asked = () =>
  answer.mock.calls.map(([address, init]) =>
    `${init?.method ?? 'GET'} ${String(address)} ${String(init?.body ?? '')}`.trim(),
  );

async function shownPage(cases: readonly Case[]): Promise<HTMLElement> {
  answer.mockImplementation(async () => Response.json({ cases }));
  const page = renderInPage(
    <CasesPage onClose={() => undefined} onShow={(id) => document.body.setAttribute('data-shown', id)} />,
  );
  await vi.waitFor(() => expect(page.querySelector('.case, .cases-empty')).not.toBeNull(), 300_000);
  return page;
}

const button = (page: ParentNode, words: string) =>
  [...page.querySelectorAll('button')].find(({ textContent }) => textContent === words) ?? null;

/** A result whose reader goes elsewhere. */
function Leaving({ record }: { readonly record: ResultRecord }) {
  const [there, setThere] = useState(true);
  return (
    <>
      {there && <FiledSection record={record} />}
      <button type="button" onClick={() => setThere(false)}>
        leave
      </button>
    </>
  );
}

describe.each(LANGUAGES)('the page of cases (%s)', (language) => {
  beforeEach(() => rememberLanguage(localStorage, language));

  it('says how to begin where there are none', async () => {
    expect((await shownPage([])).textContent).toContain(textOf(language, 'no-cases-text'));
  });

  it('tells name, note, tags and number of each, and opens its results', async () => {
    const page = await shownPage([one]);
    expect(page.querySelector('.case h3')?.textContent).toBe('Fire <b>');
    expect(page.querySelector('.case-note')?.textContent).toBe('Two\nlines');
    expect(page.querySelector('.tag-word')?.textContent).toBe('harbour');
    press(button(page, textOf(language, 'show-case')));
    expect(document.body.getAttribute('data-shown')).toBe('c1');
  });

  it('asks before it deletes one, and says that its results stay', async () => {
    const page = await shownPage([one]);
    press(button(page, textOf(language, 'delete-case')));
    const dialog = await vi.waitUntil(() => document.querySelector('[role=alertdialog]'), 300_000);
    expect(dialog.textContent).toContain(textOf(language, 'delete-case-text'));
    expect(asked()).toEqual(['GET /api/cases']);
    answer.mockImplementation(async (_, init) =>
      init?.method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json({ cases: [] }),
    );
    press(button(dialog, textOf(language, 'delete-case')));
    await vi.waitFor(() => expect(page.querySelector('.case')).toBeNull(), 300_000);
    expect(asked()).toContain('DELETE /api/cases/c1');
  });
});

describe('cases, tags and note of a result', () => {
  const record = exampleRecord({
    cases: [{ id: 'c1', name: 'Fire' }],
    tags: ['harbour', 'mail'],
    note: 'From a reader',
  });
  const body = (method: string) => asked().filter((line) => line.startsWith(method));

  beforeEach(() => {
    answer.mockImplementation(async (_, init) => {
      if (init?.method === 'POST') return Response.json({ taken: 1, case: one });
      return Response.json({ id: record.id, label: null, note: '', tags: [], cases: [] });
    });
  });

  it('are shown, and taken away one by one', async () => {
    const page = renderInPage(<FiledSection record={record} />);
    expect(page.querySelector('textarea')?.value).toBe('From a reader');
    press(page.querySelector('[aria-label="Take out of Fire"]'));
    await vi.waitFor(() => expect(body('POST')).toEqual([`POST /api/cases/c1/take {"ids":["${record.id}"]}`]), 300_000);
    press(page.querySelector('[aria-label="Remove the tag mail"]'));
    await vi.waitFor(
      () => expect(body('PATCH')).toEqual([`PATCH /api/history/records/${record.id} {"tags":["harbour"]}`]),
      300_000,
    );
  });

  it('of a note keep what was typed when the reader goes elsewhere without a word', async () => {
    const page = renderInPage(<Leaving record={record} />);
    const area = page.querySelector('textarea');
    if (!area) throw new Error('no note');
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(area, 'Another note');
    area.dispatchEvent(new Event('input', { bubbles: true }));
    await vi.waitFor(() => expect(button(page, 'Save the note')).not.toBeNull(), 300_000);
    press(button(page, 'leave'));
    await vi.waitFor(
      () => expect(body('PATCH')).toEqual([`PATCH /api/history/records/${record.id} {"note":"Another note"}`]),
      300_000,
    );
  });
});
