import { errorReport } from '@touchstone/shared';
import { textOf } from '@touchstone/shared/words';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { press, renderInPage } from '../ui/render-in-page.tsx';
import { AutostartField } from './autostart-field.tsx';

const answer = vi.fn<typeof fetch>();

beforeEach(() => vi.stubGlobal('fetch', answer));
afterEach(() => {
  vi.unstubAllGlobals();
  answer.mockReset();
  document.body.replaceChildren();
});

async function shownField(change: () => Response): Promise<HTMLInputElement> {
  answer.mockImplementation(async (_, init) => (init?.method === 'PUT' ? change() : Response.json({ on: false })));
  const box = renderInPage(<AutostartField />).querySelector<HTMLInputElement>('input[type=checkbox]');
  await vi.waitFor(() => expect(box?.disabled).toBe(false), 300_000);
  if (!box) throw new Error('no box');
  return box;
}

it('start at login is switched at once, and said', async () => {
  const box = await shownField(() => Response.json({ on: true }));
  expect(box.checked).toBe(false);
  press(box);
  await vi.waitFor(() => expect(document.body.textContent).toContain(textOf('en', 'autostart-is-on')), 300_000);
  expect(box.checked).toBe(true);
  const [, init] = answer.mock.calls.find(([, how]) => how?.method === 'PUT') ?? [];
  expect(init?.body).toBe('{"on":true}');
});

it('start at login that could not be switched stays as it was, with what to do', async () => {
  const box = await shownField(() => Response.json(errorReport('autostart-failed'), { status: 500 }));
  press(box);
  await vi.waitFor(() => expect(document.querySelector('[role=alert]')?.textContent).toContain('npm start'), 300_000);
  expect(box.checked).toBe(false);
});
