import { errorReport, TouchstoneError } from '@touchstone/shared';
import { LANGUAGES, textOf } from '@touchstone/shared/words';
import { afterEach, expect, it, vi } from 'vitest';
import * as team from '../api/team.ts';
import { rememberLanguage } from '../i18n/language.ts';
import { press, renderInPage } from '../ui/render-in-page.tsx';
import { forgetLetIn, type LetInStep, readLetIn } from './let-in.ts';
import { LetInPage } from './let-in-page.tsx';

const HASH = 'ab'.repeat(32);
const agree = vi.fn<(hash: string) => Promise<void>>();
const onLeave = vi.fn();

afterEach(() => {
  vi.restoreAllMocks();
  agree.mockReset();
  onLeave.mockReset();
  localStorage.clear();
  sessionStorage.clear();
  document.body.replaceChildren();
});

function shown(step: LetInStep) {
  const ann = { id: '1', name: 'Ann <b>', role: 'analyst', createdAt: 0, disabledAt: null } as const;
  vi.spyOn(team, 'fetchPerson').mockResolvedValue(ann);
  return renderInPage(<LetInPage step={step} agree={agree} onLeave={onLeave} />);
}
const button = (page: ParentNode, words: string) =>
  [...page.querySelectorAll('button')].find(({ textContent }) => textContent === words) ?? null;

it.each(LANGUAGES)('asks in words, and agrees to what the extension asked with one press (%s)', async (language) => {
  rememberLanguage(localStorage, language);
  agree.mockResolvedValue();
  const page = shown({ step: 'asked', hash: HASH });
  expect(page.querySelector('h1')?.textContent).toBe(textOf(language, 'let-in-title'));
  await vi.waitFor(() => expect(page.textContent).toContain('Ann <b>'), 60_000);
  press(button(page, textOf(language, 'let-in-button')));
  await vi.waitFor(() => expect(page.textContent).toContain(textOf(language, 'let-in-waiting')), 60_000);
  expect(agree).toHaveBeenCalledExactlyOnceWith(HASH);
});

it('says what to do where the server does not agree, and lets go without agreeing', async () => {
  agree.mockRejectedValue(new TouchstoneError('sign-in-failed'));
  const page = shown({ step: 'asked', hash: HASH });
  await vi.waitFor(() => expect(page.textContent).toContain('Ann'), 60_000);
  press(button(page, textOf('en', 'let-in-button')));
  await vi.waitFor(
    () => expect(page.querySelector('[role=alert]')?.textContent).toContain(errorReport('sign-in-failed').nextStep),
    60_000,
  );
  press(button(page, textOf('en', 'let-in-no')));
  expect(onLeave).toHaveBeenCalledOnce();
});

it('says that it is done, or why not, and nothing that the address made up', () => {
  expect(shown({ step: 'done' }).textContent).toContain(textOf('en', 'let-in-done'));
  document.body.replaceChildren();
  const failed = shown({ step: 'failed', code: 'team-certificate' });
  expect(failed.querySelector('[role=alert]')?.textContent).toContain(errorReport('team-certificate').message);
  document.body.replaceChildren();
  const madeUp = shown({ step: 'failed', code: 'send-us-money' });
  expect(madeUp.querySelector('[role=alert]')?.textContent).toContain(errorReport('internal').message);
});

it('remembers over signing in what was asked, until it is answered', () => {
  const at = (hash: string) => ({ location: { hash, pathname: '/', search: '' }, storage: sessionStorage });
  expect(readLetIn(at('#something'))).toBeUndefined();
  expect(readLetIn(at(`#let-in=${HASH}`))).toEqual({ step: 'asked', hash: HASH });
  expect(readLetIn(at(''))).toEqual({ step: 'asked', hash: HASH });
  expect(readLetIn(at('#let-in-done'))).toEqual({ step: 'done' });
  forgetLetIn(at(''));
  expect(readLetIn(at(''))).toBeUndefined();
  sessionStorage.setItem('touchstone.let-in', '<script>');
  expect(readLetIn(at(''))).toBeUndefined();
  expect(readLetIn(at('#let-in-code=7ZK0-0MPQ-X2B8-T6R1'))).toBeUndefined();
});
