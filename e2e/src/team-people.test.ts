import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { violations } from './harness/axe.ts';
import { closeAfterTest } from './harness/open-page.ts';
import { startTeamServer, type TeamServer } from './harness/team-server.ts';
import { addAuthenticator, type VirtualAuthenticator } from './harness/virtual-passkeys.ts';

/** A busy computer may take this long for what a person would not notice. Milliseconds. */
const PATIENCE_MS = 120_000;

interface Somebody {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly authenticator: VirtualAuthenticator;
}

let server: TeamServer;
let browser: Browser;
let ann: Somebody;
let ben: Somebody;

async function arrive(given: BrowserContextOptions = {}): Promise<Somebody> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...given });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  return { context, page, authenticator: await addAuthenticator(page) };
}

beforeAll(async () => {
  server = await startTeamServer();
  browser = await server.launchBrowser();
  // All that both of them see is looked at in both schemes.
  [ann, ben] = [await arrive(), await arrive({ colorScheme: 'dark' })];
});

afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 2, name, exact: true });
const item = (page: Page, name: string) =>
  page.locator('.team-item').filter({ has: page.getByText(name, { exact: true }) });

async function open(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^You and your team/ }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
  await heading(page, name).waitFor();
}

async function act(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `More about ${name}` }).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
}

/** What axe finds on the page of somebody. */
const faults = (page: Page) => violations(page, (page === ben.page ? ben : ann).authenticator.devtools);

const confirm = (page: Page, action: string) =>
  page.getByRole('alertdialog').getByRole('button', { name: action, exact: true }).click();

/** The secret that a dialog shows this once. */
async function shownOnce(page: Page): Promise<string> {
  const dialog = page.getByRole('alertdialog');
  await dialog.getByText(/shown this once/).waitFor();
  expect(await faults(page)).toEqual([]);
  const secret = (await dialog.locator('code').textContent()) ?? '';
  await dialog.getByRole('button', { name: 'Done' }).click();
  return secret;
}

it('lets the first admin in by the link of the command line, with a passkey', async () => {
  const { page, authenticator } = ann;
  await page.goto(await server.users('invite', '--role', 'admin', '--name', 'Ann'));
  await page.getByText(/You are invited as admin/).waitFor();
  expect(await faults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Join with a new passkey' }).click();
  await page.getByRole('button', { name: /^You and your team: Ann/ }).waitFor();
  expect(await authenticator.count()).toBe(1);
  expect(page.url()).toBe(`${server.origin}/`);
});

it('gives an admin a link for a second person, by keys alone', async () => {
  const { page } = ann;
  await page.getByRole('button', { name: /^You and your team/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'People' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await heading(page, 'People').waitFor();
  await item(page, 'Ann')
    .getByText(/1 browser signed in/)
    .waitFor();
  expect(await faults(page)).toEqual([]);
  // The title has the focus at first; what can be pressed beside it comes next.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('Ben');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowUp');
  expect(await page.getByRole('radio', { name: /^reader/ }).isChecked()).toBe(true);
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Enter');
  const link = await shownOnce(page);
  expect(link).toMatch(new RegExp(`^${server.origin}/#join=[\\w-]{43}$`));
  await item(page, 'Ben')
    .getByText(/reader · opens until/)
    .waitFor();
  expect(await page.content()).not.toContain(link);
  await ben.page.goto(link);
  await ben.page.getByLabel('Your name, as colleagues see it').fill('Ben Okri');
  await ben.page.getByRole('button', { name: 'Join with a new passkey' }).click();
  await ben.page.getByRole('button', { name: /^You and your team: Ben Okri/ }).waitFor();
  // It was used up.
  const late = await arrive();
  await late.page.goto(link);
  await late.page.getByText('This invitation is wrong, used or expired.').waitFor();
  await late.context.close();
});

it('offers a reader no page of admins, and refuses the address of one', async () => {
  const { page } = ben;
  await page.getByRole('button', { name: /^You and your team/ }).click();
  await page.getByRole('menu').waitFor();
  expect(await page.getByRole('menuitem').allTextContents()).toEqual(['Your account', 'Sign out']);
  await page.keyboard.press('Escape');
  await page.goto(`${server.origin}/?view=audit`);
  await page.getByRole('alert').getByText('Your role in this team does not allow that.').first().waitFor();
});

it('lets the admin make her an analyst, who then may give a program more', async () => {
  const scopes = async () => {
    await open(ben.page, 'Your account');
    await ben.page.getByRole('button', { name: 'Make a token' }).click();
    const offered = await ben.page.getByRole('dialog').getByRole('checkbox').count();
    await ben.page.keyboard.press('Escape');
    return offered;
  };
  expect(await scopes()).toBe(1);
  const { page } = ann;
  await page.reload();
  await heading(page, 'People').waitFor();
  await act(page, 'Ben Okri', 'Change the role');
  await page.getByRole('radio', { name: /^analyst/ }).check({ force: true });
  await page.getByRole('button', { name: 'Save' }).click();
  await item(page, 'Ben Okri').getByText('analyst', { exact: true }).waitFor();
  await ben.page.reload();
  expect(await scopes()).toBe(4);
});

it('keeps the only admin one, and says why', async () => {
  const { page } = ann;
  await act(page, 'Ann', 'Change the role');
  await page.getByRole('radio', { name: /^reader/ }).check({ force: true });
  await page.getByText(/You are about to give up looking after people/).waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').getByText('This is the only admin of the team.').waitFor();
  await page.keyboard.press('Escape');
  await act(page, 'Ann', 'Keep out');
  await confirm(page, 'Keep out');
  await page.getByRole('alertdialog').getByText('This is the only admin of the team.').waitFor();
  await confirm(page, 'Cancel');
});

it('lets her look after her own passkeys, browsers and tokens', async () => {
  const { page, authenticator } = ben;
  await open(page, 'Your account');
  expect(await faults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Change your name' }).click();
  await page.getByLabel('Your name, as colleagues see it').fill('Ben O.');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'You and your team: Ben O.' }).waitFor();
  await page.getByRole('button', { name: 'Change your name' }).click();
  await page.getByLabel('Your name, as colleagues see it').fill('Ben Okri');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'You and your team: Ben Okri' }).waitFor();
  await page.getByText(/Your only way in/).waitFor();
  const second = await arrive();
  await second.page.goto(await linkFor('Ben Okri'));
  await second.page.getByText('This invitation gives you a new way in.').waitFor();
  await second.page.getByRole('button', { name: 'Join with a new passkey' }).click();
  await second.page.getByRole('button', { name: /^You and your team/ }).waitFor();
  await page.reload();
  await expect.poll(() => page.getByText(/^Passkey without a name$/).count()).toBe(2);
  // Her own authenticator has one already: it says so by refusing.
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByLabel('What you call it').fill('Ben’s laptop');
  await page.getByRole('dialog').getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('dialog').getByText('Signing in did not work.').waitFor();
  await page.keyboard.press('Escape');
  await addElsewhere('tablet');
  await page.reload();
  await item(page, 'tablet').waitFor();
  await act(page, 'tablet', 'Remove');
  await confirm(page, 'Remove');
  const first = page.getByRole('button', { name: 'More about Passkey without a name' }).first();
  await first.click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByLabel('What you call it').fill('phone');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await item(page, 'phone').waitFor();
  await page.getByRole('button', { name: 'More about Passkey without a name' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await confirm(page, 'Remove');
  await page.getByText(/Your only way in/).waitFor();
  expect(await authenticator.count()).toBe(1);
  await page.getByRole('button', { name: 'Sign out there' }).click();
  await expect.poll(() => page.getByRole('button', { name: 'Sign out there' }).count()).toBe(0);
  await second.page.reload();
  await second.page.getByRole('heading', { name: 'Sign in to your team' }).waitFor();
  await second.context.close();
});

it('makes a token that works, lists it, and ends it', async () => {
  const { page } = ben;
  await page.getByRole('button', { name: 'Make a token' }).click();
  await page.getByLabel('What it is for').fill('nightly');
  await page.getByRole('dialog').getByRole('button', { name: 'Make a token' }).click();
  const token = await shownOnce(page);
  expect(await page.content()).not.toContain(token);
  const ask = () => server.ask('/v1/records', token);
  expect(await ask()).toBe(200);
  await page.getByRole('button', { name: 'End nightly' }).click();
  await confirm(page, 'End it');
  await page.getByText('No program works in your name.').waitFor();
  expect(await ask()).toBe(401);
});

it('has her out at once when the admin keeps her out', async () => {
  const { page } = ann;
  await ben.page.reload();
  await heading(ben.page, 'Your account').waitFor();
  await page.reload();
  await act(page, 'Ben Okri', 'Keep out');
  expect(await faults(page)).toEqual([]);
  await confirm(page, 'Keep out');
  await item(page, 'Ben Okri').getByText('kept out', { exact: true }).waitFor();
  await ben.page.getByRole('button', { name: 'Make a token' }).click();
  await ben.page.getByLabel('What it is for').fill('too late');
  await ben.page.getByRole('dialog').getByRole('button', { name: 'Make a token' }).click();
  await ben.page.getByRole('heading', { name: 'Sign in to your team' }).waitFor();
  await ben.page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await ben.page.getByText('Signing in did not work.').waitFor();
  await act(page, 'Ben Okri', 'Let in again');
  await item(page, 'Ben Okri').getByText('needs a new link to come in').waitFor();
});

it('tells all of it in the audit log, and saves what is chosen', async () => {
  const { page } = ann;
  await open(page, 'Audit log');
  await page.locator('.deed').first().waitFor();
  expect(await faults(page)).toEqual([]);
  const deeds = await page.locator('.deed').evaluateAll((all) => all.map((one) => one.getAttribute('data-deed')));
  expect(deeds.toReversed()).toEqual([
    'invited',
    'joined',
    'signed-in',
    'invited',
    'joined',
    'signed-in',
    'role-changed',
    'name-changed',
    'name-changed',
    'invited',
    'found-the-way-in',
    'signed-in',
    'passkey-added',
    'signed-in',
    'signed-out',
    'passkey-removed',
    'passkey-removed',
    'session-ended',
    'token-made',
    'token-revoked',
    'kept-out',
    'let-in-again',
  ]);
  await page.getByText('Ben Okri: reader → analyst').waitFor();
  await page.getByRole('button', { name: /What they did$/ }).click();
  await page.getByRole('option', { name: 'kept somebody out' }).click();
  await expect.poll(() => page.locator('.deed').count()).toBe(1);
  expect(await page.locator('.deed').textContent()).toMatch(/Annkept somebody out Ben Okri$/);
  await page.getByRole('button', { name: /^Export/ }).click();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'JSON Lines' }).click(),
  ]);
  const lines = (await readFile(await saved.path(), 'utf8')).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ name: 'Ann', deed: 'kept-out' }]);
});

it.each(['en', 'de', 'ar'] as const)('fits a telephone, and breaks no rule of accessibility (%s)', async (locale) => {
  const look = {
    viewport: { width: 360, height: 780 },
    locale,
    colorScheme: locale === 'en' ? 'light' : 'dark',
  } as const;
  const context = await browser.newContext({ ...look, storageState: await ann.context.storageState() });
  closeAfterTest(context);
  const page = await context.newPage();
  const fits = async () => {
    const wider = await page.evaluate(() =>
      [document.documentElement, document.querySelector('main')].map(
        (one) => (one?.scrollWidth ?? 1) - (one?.clientWidth ?? 0),
      ),
    );
    expect(wider).toEqual([0, 0]);
    expect(await violations(page)).toEqual([]);
  };
  for (const view of ['people', 'account', 'audit']) {
    await page.goto(`${server.origin}/?view=${view}`);
    await page.locator('.team-item, .deed').first().waitFor();
    await fits();
  }
  await context.clearCookies();
  await page.reload();
  await page.locator('.gate h1').waitFor();
  await fits();
});

/** A link with which somebody who is there finds the way in again. */
async function linkFor(name: string): Promise<string> {
  await act(ann.page, name, 'Make a new link');
  await ann.page.getByRole('dialog').getByRole('button', { name: 'Make the link' }).click();
  return shownOnce(ann.page);
}

/** Ben, in a browser with an authenticator that has no passkey yet: adds one, and signs in with it. */
async function addElsewhere(name: string): Promise<void> {
  const { context, page } = await arrive({ storageState: await ben.context.storageState() });
  await page.goto(`${server.origin}/?view=account`);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByLabel('What you call it').fill(name);
  await page.getByRole('dialog').getByRole('button', { name: 'Add a passkey' }).click();
  await item(page, name)
    .getByText(/not used again yet/)
    .waitFor();
  await context.clearCookies();
  await page.reload();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByRole('button', { name: /^You and your team: Ben Okri/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in to your team' }).waitFor();
  await context.close();
}
