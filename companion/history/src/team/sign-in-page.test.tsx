import { errorReport, TouchstoneError } from '@touchstone/shared';
import { LANGUAGES, textOf } from '@touchstone/shared/words';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readTeamLink, type WaysIn } from '../api/team.ts';
import { rememberLanguage } from '../i18n/language.ts';
import { press, renderInPage } from '../ui/render-in-page.tsx';
import { SignInPage } from './sign-in-page.tsx';

const SECRET = 'a'.repeat(43);
const BOTH = { passkeys: true, provider: 'Desk' };

const ways = {
  invitation: vi.fn<WaysIn['invitation']>(),
  withPasskey: vi.fn<WaysIn['withPasskey']>(),
  joinWithPasskey: vi.fn<WaysIn['joinWithPasskey']>(),
  providerAddress: vi.fn<WaysIn['providerAddress']>(),
};
const onIn = vi.fn();

beforeEach(() => vi.stubGlobal('PublicKeyCredential', { parseCreationOptionsFromJSON: () => ({}) }));
afterEach(() => {
  vi.unstubAllGlobals();
  for (const one of [...Object.values(ways), onIn]) one.mockReset();
  localStorage.clear();
  document.body.replaceChildren();
});

const shown = (hash: string, methods = BOTH) =>
  renderInPage(<SignInPage methods={methods} link={readTeamLink(hash)} ways={ways} onIn={onIn} />);

const button = (page: ParentNode, words: string) =>
  [...page.querySelectorAll('button')].find(({ textContent }) => textContent === words) ?? null;

it.each(LANGUAGES)('offers each way in, in words (%s)', (language) => {
  rememberLanguage(localStorage, language);
  const page = shown('');
  expect(page.querySelector('h1')?.textContent).toBe(textOf(language, 'team-sign-in-title'));
  expect(button(page, textOf(language, 'team-sign-in-passkey'))).not.toBeNull();
  expect(button(page, textOf(language, 'team-sign-in-provider', { provider: 'Desk' }))).not.toBeNull();
});

it('offers what the server has alone, and says where the browser knows no passkeys', () => {
  expect(button(shown('', { passkeys: false, provider: 'Desk' }), textOf('en', 'team-sign-in-passkey'))).toBeNull();
  vi.stubGlobal('PublicKeyCredential', undefined);
  Reflect.deleteProperty(window, 'PublicKeyCredential');
  document.body.replaceChildren();
  const page = shown('');
  expect(button(page, textOf('en', 'team-sign-in-passkey'))).toBeNull();
  expect(page.textContent).toContain(textOf('en', 'team-no-passkeys'));
});

it('signs in with a passkey, and says what to do where that did not work', async () => {
  ways.withPasskey.mockRejectedValueOnce(new TouchstoneError('sign-in-failed'));
  const page = shown('');
  press(button(page, textOf('en', 'team-sign-in-passkey')));
  await vi.waitFor(
    () => expect(page.querySelector('[role=alert]')?.textContent).toContain(errorReport('sign-in-failed').nextStep),
    60_000,
  );
  expect(onIn).not.toHaveBeenCalled();
  ways.withPasskey.mockResolvedValueOnce();
  press(button(page, textOf('en', 'team-sign-in-passkey')));
  await vi.waitFor(() => expect(onIn).toHaveBeenCalledOnce(), 60_000);
});

it('says why the provider let nobody in, and nothing that the address made up', () => {
  expect(shown('#failed=invitation-unusable').querySelector('[role=alert]')?.textContent).toContain(
    errorReport('invitation-unusable').message,
  );
  document.body.replaceChildren();
  expect(shown('#failed=send-us-money').querySelector('[role=alert]')?.textContent).toContain(
    errorReport('sign-in-failed').message,
  );
});

it('joins by an invitation with the name that the person gives', async () => {
  ways.invitation.mockResolvedValue({ name: 'Ann <b>', role: 'analyst', again: false });
  ways.joinWithPasskey.mockResolvedValue();
  const page = shown(`#join=${SECRET}`);
  await vi.waitFor(() => expect(page.querySelector('input')).not.toBeNull(), 60_000);
  expect(page.textContent).toContain(textOf('en', 'team-join-text', { role: textOf('en', 'role-analyst') }));
  expect(page.querySelector('input')?.value).toBe('Ann <b>');
  press(button(page, textOf('en', 'team-join-passkey')));
  await vi.waitFor(() => expect(onIn).toHaveBeenCalledOnce(), 60_000);
  expect(ways.joinWithPasskey).toHaveBeenCalledWith(SECRET, 'Ann <b>');
});

it('asks nobody for a name who is in the team already', async () => {
  ways.invitation.mockResolvedValue({ name: 'Ann', role: 'reader', again: true });
  const page = shown(`#join=${SECRET}`);
  await vi.waitFor(() => expect(page.textContent).toContain(textOf('en', 'team-join-again')), 60_000);
  expect(page.querySelector('input')).toBeNull();
});

it('says of an invitation that is used up what to do', async () => {
  ways.invitation.mockRejectedValue(new TouchstoneError('invitation-unusable'));
  const page = shown(`#join=${SECRET}`);
  await vi.waitFor(
    () =>
      expect(page.querySelector('[role=alert]')?.textContent).toContain(errorReport('invitation-unusable').nextStep),
    60_000,
  );
  expect(button(page, textOf('en', 'team-join-passkey'))).toBeNull();
});

it('reads no invitation that is not whole', () => {
  expect(readTeamLink(`#join=${SECRET}x`)).toEqual({ invitation: undefined, failed: undefined });
  expect(readTeamLink(`#join=${SECRET}&record=1`)).toEqual({ invitation: undefined, failed: undefined });
  expect(readTeamLink('#failed=<b>')).toEqual({ invitation: undefined, failed: undefined });
});
