import { it } from 'vitest';
import { pairThroughPage, rightClickAndCheck } from './harness/actions.ts';
import { launchChromium } from './harness/chromium.ts';
import { startCompanion } from './harness/companion.ts';
import { picture } from './harness/pictures.ts';
import { html, image, startSite } from './harness/site.ts';

it('probe', async () => {
  const [companion, site] = await Promise.all([startCompanion(), startSite()]);
  const session = await launchChromium({ publicPorts: [site.port] });
  const w = await session.worker();
  w.on('console', (m) => console.log('SW', m.text()));
  try {
    await pairThroughPage(session, companion);
    const bytes = await picture(16);
    site.route('/16.jpg', () => image(bytes));
    site.route('/c.jpg', () => image(bytes));
    site.route('/frame', () => html('<img src="/16.jpg" width="400">'));
    site.route('/frame2', () =>
      html(
        `<div style="height:30px"></div><canvas id="t" width="480" height="360"></canvas><script>const i=new Image();i.onload=()=>{document.getElementById('t').getContext('2d').drawImage(i,0,0,480,360);document.body.dataset.ready='1'};i.src='${site.url('/c.jpg', 'other.test')}'</script>`,
      ),
    );
    for (const f of [] as string[]) {
      const u = site.url(f, 'frame.test');
      site.route('/p' + f.slice(1), () =>
        html(
          `<iframe id="f" style="border:7px solid red;margin-left:33px" src="${u}" width="600" height="500"></iframe>`,
        ),
      );
      const page = await session.context.newPage();
      await page.goto(site.url('/p' + f.slice(1)));
      const t = page.frameLocator('#f').locator(f === '/frame' ? 'img' : '#t');
      await t.waitFor();
      await page.waitForTimeout(500);
      await rightClickAndCheck(session, page, t, { frameUrl: u });
      await page.waitForTimeout(4000);
      await page.screenshot({ path: `/tmp/probe${f.slice(1)}.png` });
      const h = await companion.history({ limit: 3 });
      console.log(JSON.stringify(h.records.map((r) => [r.source, r.picture.width, r.picture.height])));
      await page.close();
    }
    console.log(
      JSON.stringify(await w.evaluate(async () => (globalThis as any).chrome.declarativeNetRequest.getSessionRules())),
    );
    site.route('/19.jpg', (request) =>
      request.headers.referer?.startsWith('http://site.test')
        ? image(bytes, 'image/jpeg', { 'cache-control': 'no-store' })
        : html('no'),
    );
    site.route('/hot', () => html(`<img src="${site.url('/19.jpg', 'cdn.test')}" width="400">`));
    site.route('/local', () => html(`<img src="${site.url('/16.jpg', '127.0.0.1')}" width="400">`));
    for (const f of ['/hot', '/local']) {
      const page = await session.context.newPage();
      await page.goto(site.url(f));
      await rightClickAndCheck(session, page, page.locator('img'));
      await page.waitForTimeout(3000);
      const h = await companion.history({ limit: 1 });
      console.log(JSON.stringify(h.records.map((r) => [r.source, r.picture.width, r.picture.height])));
      await page.close();
    }
    // redirect into the local network
    site.route('/redir.jpg', () => ({
      status: 302,
      headers: { location: site.url('/16.jpg', '127.0.0.1') },
      body: '',
    }));
    site.requests.length = 0;
    console.log(
      'redirect:',
      await w.evaluate(
        async (u) =>
          fetch(u).then(
            (r) => r.status,
            (e) => String(e),
          ),
        site.url('/redir.jpg'),
      ),
      site.requests,
    );
    console.log(
      'direct:',
      await w.evaluate(
        async (u) =>
          fetch(u).then(
            (r) => r.status,
            (e) => String(e),
          ),
        site.url('/16.jpg', '127.0.0.1'),
      ),
      site.requests,
    );
  } finally {
    await session.close();
    await site.close();
    await companion.dispose();
  }
});
