import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChromiumSession, launchChromium } from './harness/chromium.ts';
import { type NativeHostOfTest, temporaryNativeHost } from './harness/native-host.ts';
import { openPage } from './harness/open-page.ts';

let host: NativeHostOfTest;
let session: ChromiumSession;

beforeAll(async () => {
  host = await temporaryNativeHost();
  session = await launchChromium({ publicPorts: [], nativeHost: host.manifest });
});

afterAll(async () => {
  await session?.close();
  await host?.dispose();
});

it('one press starts the companion and pairs, without a terminal and without a code', async () => {
  const popup = await openPage(session.context);
  await popup.goto(`chrome-extension://${session.extensionId}/popup.html`);
  await popup.getByRole('button', { name: 'Connect without a code' }).click();
  const running = popup.getByText(/^Touchstone \d.* on this computer$/);
  await running.waitFor({ timeout: 240_000 });
  await host.stop();
  await popup.getByRole('button', { name: 'Start Touchstone' }).click();
  await running.waitFor({ timeout: 240_000 });
  expect(await running.count()).toBe(1);
});
