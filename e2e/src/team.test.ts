import { errorReport } from '@touchstone/shared';
import { api, CSRF_HEADER, type Person } from '@touchstone/shared/api';
import { textOf } from '@touchstone/shared/words';
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rightClickAndCheck, VERDICT } from './harness/actions.ts';
import { violations } from './harness/axe.ts';
import { type ChromiumSession, launchChromium } from './harness/chromium.ts';
import { waitForOverlay } from './harness/closed-roots.ts';
import { picture } from './harness/pictures.ts';
import { popupOf } from './harness/popup.ts';
import { html, image, type Site, startSite } from './harness/site.ts';
import { startTeamServer, type TeamServer } from './harness/team-server.ts';

const word = (key: Parameters<typeof textOf>[1], values = {}) => textOf('en', key, values);

let server: TeamServer;
let site: Site;
const sessions: ChromiumSession[] = [];

/** A browser profile of its own. */
async function browserOf(trusting: boolean): Promise<ChromiumSession> {
  const trustedKeys = trusting ? { trustedKeys: [server.pin] } : {};
  const session = await launchChromium({ publicPorts: [site.port], ...trustedKeys });
  sessions.push(session);
  return session;
}

beforeAll(async () => {
  [server, site] = await Promise.all([startTeamServer({ worker: true }), startSite()]);
  for (const [index, name] of ['ann', 'ben'].entries()) {
    const bytes = await picture(760 + index);
    site.route(`/${name}.jpg`, () => image(bytes));
    site.route(`/${name}`, () => html(`<img src="/${name}.jpg" alt="A picture" width="400" height="300">`));
  }
});
afterAll(async () => {
  for (const session of sessions) await session.close();
  await site?.close();
  await server?.dispose();
});

/** A passkey in the browser of a tab, which needs no finger. */
async function passkeyIn(page: Page): Promise<{ readonly devtools: CDPSession; readonly authenticatorId: string }> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { devtools, authenticatorId };
}

async function optionsOf(session: ChromiumSession): Promise<Page> {
  const page = await session.context.newPage();
  await page.goto(`chrome-extension://${session.extensionId}/options.html`);
  return page;
}

/** Types the address into the options, and presses. */
async function typeAddress(options: Page, address = server.origin): Promise<void> {
  await options.getByLabel(word('team-address')).fill(address);
  await options.getByRole('button', { name: word('team-sign-in') }).click();
}

async function tabOfServer(session: ChromiumSession, options: Page): Promise<Page> {
  const [tab] = await Promise.all([session.context.waitForEvent('page'), typeAddress(options)]);
  await tab.waitForURL(/#let-in=|\/$/);
  return tab;
}

async function agree(tab: Page): Promise<void> {
  await tab.getByRole('heading', { name: word('let-in-title') }).waitFor();
  expect(await violations(tab)).toEqual([]);
  await tab.getByRole('button', { name: word('let-in-button') }).click();
  await tab.getByRole('heading', { name: word('let-in-done-title') }).waitFor();
}

/** What somebody's own page is told. */
const asked = <Answer>(page: Page, method: string, path: string, body?: object): Promise<Answer> =>
  page.evaluate(
    async ([how, where, what, header]) => {
      const csrf = sessionStorage.getItem('touchstone.csrf') ?? '';
      const json = what === '' ? {} : { 'content-type': 'application/json' };
      const headers = { [header]: csrf, ...json };
      const answer = await fetch(where, { method: how, headers, ...(what === '' ? {} : { body: what }) });
      if (!answer.ok) throw new Error(`${how} ${where}: ${answer.status} ${await answer.text()}`);
      return (answer.status === 204 ? undefined : await answer.json()) as Answer;
    },
    [method, path, body ? JSON.stringify(body) : '', CSRF_HEADER] as const,
  );
const checkedBy = async (page: Page): Promise<(string | undefined)[]> => {
  const { records } = await asked<{ records: { source: { url?: string } }[] }>(
    page,
    'POST',
    api.history.query.path,
    {},
  );
  return records.map(({ source }) => source.url);
};

async function check(session: ChromiumSession, name: string): Promise<Page> {
  const page = await session.context.newPage();
  await page.goto(site.url(`/${name}`));
  await rightClickAndCheck(session, page, page.locator('img'), { srcUrl: site.url(`/${name}.jpg`) });
  return page;
}

describe('two people of a team, each with a browser of their own', () => {
  let [ann, ben]: ChromiumSession[] = [];
  let [pageOfAnn, pageOfBen]: Page[] = [];
  const theirs = <Thing>(thing: Thing | undefined): Thing => {
    if (thing === undefined) throw new Error('it is made by the test before');
    return thing;
  };

  it('one joins on the page that her extension opened, and lets her browser in', async () => {
    ann = await browserOf(true);
    const options = await optionsOf(ann);
    const tab = await tabOfServer(ann, options);
    await tab.getByRole('heading', { name: word('team-sign-in-title') }).waitFor();
    await passkeyIn(tab);
    await tab.goto(await server.invite('Ann', 'analyst'));
    await tab.getByRole('button', { name: word('team-join-passkey') }).click();
    await agree(tab);
    const { host } = new URL(server.origin);
    await options.getByText(word('team-judges', { host })).waitFor();
    expect(await violations(options)).toEqual([]);
    await tab.getByRole('button', { name: word('let-in-history') }).click();
    pageOfAnn = tab;
  });

  it('one signs in there with the passkey that he has', async () => {
    ben = await browserOf(true);
    const joining = await ben.context.newPage();
    await joining.goto(server.origin);
    const first = await passkeyIn(joining);
    await joining.goto(await server.invite('Ben', 'analyst'));
    await joining.getByRole('button', { name: word('team-join-passkey') }).click();
    await joining.locator('main.gate').waitFor({ state: 'detached' });
    const { authenticatorId } = first;
    const { credentials } = await first.devtools.send('WebAuthn.getCredentials', { authenticatorId });
    await ben.context.clearCookies();
    await joining.close();

    const tab = await tabOfServer(ben, await optionsOf(ben));
    const second = await passkeyIn(tab);
    for (const credential of credentials)
      await second.devtools.send('WebAuthn.addCredential', { authenticatorId: second.authenticatorId, credential });
    await tab.getByRole('button', { name: word('team-sign-in-passkey') }).click();
    await agree(tab);
    await tab.getByRole('button', { name: word('let-in-history') }).click();
    pageOfBen = tab;
  });

  it('each right-clicks a picture, and has the result in their own history and nobody else’s', async () => {
    const { host } = new URL(server.origin);
    for (const [session, name] of [
      [theirs(ann), 'ann'],
      [theirs(ben), 'ben'],
    ] as const) {
      const page = await check(session, name);
      await waitForOverlay(page, VERDICT);
      await waitForOverlay(page, new RegExp(word('judged-by-team', { host }).replace(/[.()]/g, '\\$&')));
    }
    expect(await checkedBy(theirs(pageOfAnn))).toEqual([site.url('/ann.jpg')]);
    expect(await checkedBy(theirs(pageOfBen))).toEqual([site.url('/ben.jpg')]);
  });

  it('the popup says which machines judge, and opens the record on the page of the server', async () => {
    const session = theirs(ann);
    const shown = session.context.pages().find((page) => page.url() === site.url('/ann'));
    const popup = await popupOf(session, theirs(shown));
    const { host } = new URL(server.origin);
    await popup.getByText(word('team-judges', { host })).waitFor();
    expect(await violations(popup)).toEqual([]);
    expect(await popup.getByText(word('recording-pause')).count()).toBe(0);
    const [opened] = await Promise.all([
      session.context.waitForEvent('page'),
      popup.getByRole('button', { name: word('history'), exact: true }).click(),
    ]);
    await opened.waitForURL(`${server.origin}/`);
    await opened.close();
    await popup.close();
  });

  it('one shares a case on her page, the other opens what is in it, until she takes it back', async () => {
    const [own, other] = [theirs(pageOfAnn), theirs(pageOfBen)];
    // In a tab behind another nothing moves, and a press waits for what stands still.
    await Promise.all([own.bringToFront(), other.bringToFront()]);
    const { records } = await asked<{ records: { id: string }[] }>(own, 'POST', api.history.query.path, {});
    const made = await asked<{ id: string }>(own, 'POST', api.cases.create.path, { name: 'Harbour' });
    await asked(own, 'POST', `/api/cases/${made.id}/records`, { ids: records.map(({ id }) => id) });
    const share = async (right: 'share-view' | 'share-none') => {
      await own.goto(`${server.origin}/?view=cases`);
      await own.getByRole('button', { name: word('share-case') }).click();
      await own.getByRole('dialog').getByRole('button', { name: /Ben/ }).click();
      await own.getByRole('option', { name: word(right), exact: true }).click();
      await own
        .getByRole('dialog')
        .getByRole('button', { name: word('save') })
        .click();
      await own.getByRole('dialog').waitFor({ state: 'detached' });
    };
    await share('share-view');
    await other.goto(`${server.origin}/?view=cases`);
    await other.getByText(word('case-shared-by', { name: 'Ann' })).waitFor();
    expect(await violations(other)).toEqual([]);
    await other.getByRole('button', { name: word('show-case') }).click();
    await other.getByRole('gridcell').or(other.locator('#results [tabindex="0"]')).first().click();
    await other.getByText(word('record-of', { name: 'Ann' })).waitFor();
    await other.getByText(word('record-view')).waitFor();
    // Beside the case his history is his own.
    expect(await checkedBy(other)).toEqual([site.url('/ben.jpg')]);
    await share('share-none');
    await other.goto(`${server.origin}/?view=cases`);
    await other.getByText(word('no-cases')).waitFor();
    await own.goto(server.origin);
    await other.goto(server.origin);
  });

  it('one whose role allows no checks is told so on the card', async () => {
    const lines = (await server.users('list', '--json')).trim().split('\n');
    const person = lines.map((line) => JSON.parse(line) as Person).find(({ name }) => name === 'Ben');
    await server.users('role', person?.id ?? '', '--role', 'reader');
    const page = await check(theirs(ben), 'ann');
    await waitForOverlay(page, new RegExp(errorReport('role-missing').message));
    expect(await checkedBy(theirs(pageOfBen))).toEqual([site.url('/ben.jpg')]);
  });

  it('one ends it on her page, and her browser says so and goes back to this computer', async () => {
    const own = theirs(pageOfAnn);
    const [browser] = await asked<{ id: string; connected: boolean }[]>(own, 'GET', api.browsers.list.path);
    expect(browser?.connected).toBe(true);
    await asked(own, 'DELETE', `/api/browsers/${browser?.id}`);
    const options = await optionsOf(theirs(ann));
    await options.getByText(errorReport('team-not-let-in').message).waitFor();
    await options.getByRole('button', { name: word('use-computer') }).click();
    await options.getByText(word('pair-heading')).waitFor();
    await options.getByRole('button', { name: word('use-team', { host: new URL(server.origin).host }) }).waitFor();
  });
});

describe('a server that is not there for this browser', () => {
  it('is told apart: no trusted certificate, nobody there, something else there', async () => {
    const stranger = await browserOf(false);
    const options = await optionsOf(stranger);
    const alert = options.getByRole('alert').filter({ hasText: /\S/ });
    for (const [address, code] of [
      [server.origin, 'team-certificate'],
      ['https://nobody.test:1', 'team-unreachable'],
    ] as const) {
      await typeAddress(options, address);
      await expect.poll(() => alert.textContent()).toContain(errorReport(code).message);
    }
    expect(stranger.context.pages().filter((page) => page.url().startsWith('https:'))).toEqual([]);
  });
});
