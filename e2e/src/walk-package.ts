import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { rightClickAndCheck, VERDICT } from './harness/actions.ts';
import { launchChromium } from './harness/chromium.ts';
import { waitForOverlay } from './harness/closed-roots.ts';
import { picture } from './harness/pictures.ts';
import { html, image, startSite } from './harness/site.ts';

/** Where the package puts the extension (README, "Without a terminal"). */
const EXTENSION = '/usr/lib/touchstone/app/extension/chrome-mv3';
/** A start on a busy computer. Milliseconds. */
const PATIENCE_MS = 120_000;

const run = promisify(execFile);

/**
 * `npm run package:walk -- FILE.deb`, as root on a Debian: what a person does with nothing but the package, step by step, with the seconds
 * that the computer takes for each. Installs the package, and removes it at the end; the home folder is a temporary one.
 */
const [deb] = process.argv.slice(2);
if (deb === undefined) throw new Error('Name the package: npm run package:walk -- dist/touchstone_VERSION_amd64.deb');

const home = await mkdtemp(join(tmpdir(), 'touchstone-walk-'));
const environment = { PATH: process.env.PATH ?? '', HOME: home, TOUCHSTONE_NO_OPEN: '1', TOUCHSTONE_PORT: '0' };

async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  console.log(`${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

try {
  await step('1. the package is opened and installed', () =>
    run('dpkg', ['-i', resolve(process.env.INIT_CWD ?? '', deb)]),
  );
  const site = await startSite();
  const session = await step('2. the extension is loaded', () =>
    launchChromium({ publicPorts: [site.port], extensionFolder: EXTENSION, environment }),
  );
  try {
    const popup = await session.context.newPage();
    await popup.goto(`chrome-extension://${session.extensionId}/popup.html`);
    await step('3. "Connect without a code": started and paired', async () => {
      await popup.getByRole('button', { name: 'Connect without a code' }).click();
      await popup.getByText(/^Touchstone \d.* on this computer$/).waitFor({ timeout: PATIENCE_MS });
    });
    await popup.close();
    const bytes = await picture(1);
    site.route('/1.jpg', () => image(bytes));
    site.route('/', () => html('<img src="/1.jpg" width="400">'));
    const page = await session.context.newPage();
    await page.goto(site.url('/'));
    await step('right-click, "Check this image": the first verdict', async () => {
      await rightClickAndCheck(session, page, page.locator('img'));
      console.log(`   ${(await waitForOverlay(page, VERDICT)).slice(0, 60)}`);
    });
    await step('autostart is switched on', () => run('touchstone', ['autostart', 'on'], { env: environment })).catch(
      // Without a session of systemd, as in a container, there is none to switch on.
      (error: { stderr?: string }) => console.log(`autostart: ${error.stderr?.trim()}`),
    );
  } finally {
    await session.close();
    await site.close();
    await run('touchstone', ['stop'], { env: environment }).catch(() => undefined);
  }
} finally {
  await run('dpkg', ['-r', 'touchstone']).catch(() => undefined);
  await rm(home, { recursive: true, force: true });
}
