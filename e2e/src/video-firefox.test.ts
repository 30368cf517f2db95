import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Companion, startCompanion } from './harness/companion.ts';
import { type FirefoxSession, launchFirefox } from './harness/firefox.ts';
import { cardText, chooseFromMenu } from './harness/firefox-menu.ts';
import { openPage } from './harness/open-page.ts';
import { pairByKeyboard } from './harness/pair-by-keyboard.ts';
import { picture } from './harness/pictures.ts';
import { html, image, type Site, startSite } from './harness/site.ts';
import { useSmallPacks } from './harness/small-packs.ts';

let companion: Companion;
let site: Site;
let session: FirefoxSession;

beforeAll(async () => {
  [companion, site] = await Promise.all([startCompanion(useSmallPacks), startSite()]);
  session = await launchFirefox();
  await pairByKeyboard(session.browser, (await companion.pairing()).url);
});

afterAll(async () => {
  await session?.close();
  await site?.close();
  await companion?.dispose();
});

/** A live stream that the page makes itself: a moving detail of a picture, drawn on a canvas. */
const LIVE = `<video id="v" width="480" height="270" muted autoplay></video><script>
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 });
  const context = canvas.getContext('2d');
  const picture = new Image();
  picture.src = '/detail.jpg';
  let frame = 0;
  setInterval(() => {
    frame += 1;
    context.drawImage(picture, -200 - 180 * Math.sin(frame / 9), -100 - 90 * Math.cos(frame / 7));
  }, 66);
  v.srcObject = canvas.captureStream(15);
</script>`;

describe('Firefox', () => {
  it('samples a live stream that a person asks about', async () => {
    const bytes = await picture(7, 'jpeg', 1280, 720);
    site.route('/detail.jpg', () => image(bytes));
    site.route('/live', () => html(LIVE));
    const page = await openPage(session.browser);
    await page.goto(site.url('/live'));
    const video = await page.waitForSelector('#v');
    if (!video) throw new Error('no video');
    await chooseFromMenu(session.browser, page, video, 'Check this video');
    await expect.poll(() => cardText(session.browser, page)).toMatch(/Frames seen: [3-9]/);
    await page.close();
    await expect
      .poll(async () => (await companion.history({ limit: 1 })).records[0])
      .toMatchObject({ lane: 'live', source: { kind: 'video', path: 'canvas' }, timeline: { duration: null } });
  });
});
