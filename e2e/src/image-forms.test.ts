import { createHash } from 'node:crypto';
import type { CapturePath } from '@touchstone/shared';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pairThroughPage, rightClickAndCheck, VERDICT, wordOf } from './harness/actions.ts';
import { type ChromiumSession, launchChromium } from './harness/chromium.ts';
import { waitForOverlay } from './harness/closed-roots.ts';
import { type Companion, startCompanion } from './harness/companion.ts';
import { openPage } from './harness/open-page.ts';
import { animation, generatorPng, picture } from './harness/pictures.ts';
import { html, image, type Site, startSite } from './harness/site.ts';
import { useSmallPacks } from './harness/small-packs.ts';

let companion: Companion;
let site: Site;
let session: ChromiumSession;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

beforeAll(async () => {
  [companion, site] = await Promise.all([startCompanion(useSmallPacks), startSite()]);
  session = await launchChromium({ publicPorts: [site.port] });
  await pairThroughPage(session, companion);
});

afterAll(async () => {
  await session?.close();
  await site?.close();
  await companion?.dispose();
});

interface Form {
  readonly name: string;
  /** Serves the pictures and gives the page; `bytes` are what the companion must receive, where they are knowable. */
  readonly serve: () => Promise<{ body: string; bytes?: Uint8Array; headers?: Record<string, string> }>;
  readonly target: (page: Page) => Locator;
  readonly path: CapturePath;
  readonly srcUrl?: (page: Page) => Promise<string | undefined>;
  readonly frame?: () => string;
}

const addressOf =
  (selector: string) =>
  (page: Page): Promise<string> =>
    page.locator(selector).evaluate((element) => (element as HTMLImageElement).currentSrc);

const forms: Form[] = [
  {
    name: 'img',
    path: 'original-bytes',
    serve: async () => {
      const bytes = await picture(1);
      site.route('/1.jpg', () => image(bytes));
      return { body: '<img src="/1.jpg" width="400">', bytes };
    },
    target: (page) => page.locator('img'),
    srcUrl: addressOf('img'),
  },
  {
    name: 'picture with srcset: the candidate in use',
    path: 'original-bytes',
    serve: async () => {
      const [used, unused] = await Promise.all([picture(2, 'webp', 800, 600), picture(3)]);
      site.route('/2-large.webp', () => image(used, 'image/webp'));
      site.route('/2-small.jpg', () => image(unused));
      return {
        body: '<picture><source media="(min-width: 600px)" srcset="/2-large.webp 800w, /2-small.jpg 200w" sizes="800px" type="image/webp"><img src="/2-small.jpg" width="400" height="300"></picture>',
        bytes: used,
      };
    },
    target: (page) => page.locator('img'),
  },
  {
    name: 'CSS background',
    path: 'original-bytes',
    serve: async () => {
      const bytes = await picture(4, 'png');
      site.route('/4.png', () => image(bytes, 'image/png'));
      return { body: '<div id="t" style="width:400px;height:300px;background:center/cover url(/4.png)"></div>', bytes };
    },
    target: (page) => page.locator('#t'),
  },
  {
    name: 'svg image',
    path: 'original-bytes',
    serve: async () => {
      const bytes = await picture(5);
      site.route('/5.jpg', () => image(bytes));
      return {
        body: '<svg width="400" height="300"><image id="t" href="/5.jpg" width="400" height="300"/></svg>',
        bytes,
      };
    },
    target: (page) => page.locator('#t'),
  },
  {
    name: 'canvas',
    path: 'canvas',
    serve: async () => {
      const bytes = await picture(6);
      site.route('/6.jpg', () => image(bytes));
      return {
        body: `<canvas id="t" width="480" height="360"></canvas><script>const i=new Image();i.onload=()=>{document.getElementById('t').getContext('2d').drawImage(i,0,0,480,360);document.body.dataset.ready='1'};i.src='/6.jpg'</script>`,
      };
    },
    target: (page) => page.locator('body[data-ready] #t'),
  },
  {
    name: 'tainted canvas: screenshot',
    path: 'screenshot',
    serve: async () => {
      const bytes = await picture(7);
      site.route('/7.jpg', () => image(bytes));
      return {
        body: `<canvas id="t" width="480" height="360"></canvas><script>const i=new Image();i.onload=()=>{document.getElementById('t').getContext('2d').drawImage(i,0,0,480,360);document.body.dataset.ready='1'};i.src='${site.url('/7.jpg', 'other.test')}'</script>`,
      };
    },
    target: (page) => page.locator('body[data-ready] #t'),
  },
  {
    name: 'video poster',
    path: 'original-bytes',
    serve: async () => {
      const bytes = await picture(8);
      site.route('/8.jpg', () => image(bytes));
      return { body: '<video id="t" poster="/8.jpg" width="400" height="300" controls></video>', bytes };
    },
    target: (page) => page.locator('#t'),
  },
  {
    name: 'data: address',
    path: 'original-bytes',
    serve: async () => {
      const bytes = await picture(9, 'jpeg', 320, 240);
      return { body: `<img src="data:image/jpeg;base64,${bytes.toString('base64')}">`, bytes };
    },
    target: (page) => page.locator('img'),
    srcUrl: addressOf('img'),
  },
  {
    name: 'blob: address',
    path: 'page-blob',
    serve: async () => {
      const bytes = await picture(10);
      site.route('/10.jpg', () => image(bytes));
      return {
        body: `<img id="t" width="400"><script>fetch('/10.jpg').then(r=>r.blob()).then(b=>{t.src=URL.createObjectURL(b);t.onload=()=>document.body.dataset.ready='1'})</script>`,
        bytes,
      };
    },
    target: (page) => page.locator('body[data-ready] #t'),
    srcUrl: addressOf('#t'),
  },
  {
    name: 'blob: address that the page has revoked',
    path: 'canvas',
    serve: async () => {
      const bytes = await picture(11);
      site.route('/11.jpg', () => image(bytes));
      return {
        body: `<img id="t" width="400"><script>fetch('/11.jpg').then(r=>r.blob()).then(b=>{const u=URL.createObjectURL(b);t.src=u;t.onload=()=>{URL.revokeObjectURL(u);document.body.dataset.ready='1'}})</script>`,
      };
    },
    target: (page) => page.locator('body[data-ready] #t'),
    srcUrl: addressOf('#t'),
  },
  {
    name: 'cross-origin without CORS',
    path: 'original-bytes',
    serve: async () => {
      const bytes = await picture(12, 'avif');
      site.route('/12.avif', () => image(bytes, 'image/avif'));
      return { body: `<img src="${site.url('/12.avif', 'cdn.test')}" width="400">`, bytes };
    },
    target: (page) => page.locator('img'),
    srcUrl: addressOf('img'),
  },
  ...(['open', 'closed'] as const).map(
    (mode, index): Form => ({
      name: `${mode} shadow root`,
      path: 'original-bytes',
      serve: async () => {
        const bytes = await picture(13 + index);
        const path = `/${13 + index}.jpg`;
        site.route(path, () => image(bytes));
        return {
          body: `<div id="t" style="display:inline-block;width:400px;height:300px"></div><script>document.getElementById('t').attachShadow({mode:'${mode}'}).innerHTML='<p style="margin:0"><img src="${path}" width="400" height="300"></p>'</script>`,
          bytes,
        };
      },
      target: (page) => page.locator('#t'),
    }),
  ),
  ...(['site.test', 'frame.test'] as const).map(
    (host, index): Form => ({
      name: index === 0 ? 'same-origin iframe' : 'cross-origin iframe',
      path: 'original-bytes',
      serve: async () => {
        const bytes = await picture(15 + index);
        site.route(`/${15 + index}.jpg`, () => image(bytes));
        site.route(`/frame-${index}`, () => html(`<img src="/${15 + index}.jpg" width="400">`));
        return {
          body: `<iframe id="f" src="${site.url(`/frame-${index}`, host)}" width="500" height="400"></iframe>`,
          bytes,
        };
      },
      target: (page) => page.frameLocator('#f').locator('img'),
      frame: () => site.url(`/frame-${index}`, host),
    }),
  ),
  {
    name: 'tainted canvas in a cross-origin iframe: screenshot',
    path: 'screenshot',
    serve: async () => {
      const bytes = await picture(17);
      site.route('/17.jpg', () => image(bytes));
      site.route('/frame-tainted', () =>
        html(
          `<canvas id="t" width="400" height="300"></canvas><script>const i=new Image();i.onload=()=>{document.getElementById('t').getContext('2d').drawImage(i,0,0,400,300);document.body.dataset.ready='1'};i.src='${site.url('/17.jpg', 'other.test')}'</script>`,
        ),
      );
      return {
        body: `<iframe id="f" src="${site.url('/frame-tainted', 'frame.test')}" width="500" height="400"></iframe>`,
      };
    },
    target: (page) => page.frameLocator('#f').locator('body[data-ready] #t'),
    frame: () => site.url('/frame-tainted', 'frame.test'),
  },
  {
    name: 'lazy-loaded image far down the page',
    path: 'original-bytes',
    serve: async () => {
      const bytes = await picture(17);
      site.route('/17.jpg', () => image(bytes));
      return {
        body: '<div style="height:6000px"></div><img loading="lazy" src="/17.jpg" width="400" height="300">',
        bytes,
      };
    },
    target: (page) => page.locator('img'),
  },
  {
    name: 'image under a transparent click-catcher',
    path: 'original-bytes',
    serve: async () => {
      const bytes = await picture(18);
      site.route('/18.jpg', () => image(bytes));
      return {
        body: '<div style="position:relative;width:400px;height:300px"><img src="/18.jpg" width="400" height="300"><a id="t" href="#x" style="position:absolute;inset:0"></a></div>',
        bytes,
      };
    },
    target: (page) => page.locator('#t'),
  },
  {
    name: 'hot-link-protected image',
    path: 'original-bytes',
    serve: async () => {
      const bytes = await picture(19);
      site.route('/19.jpg', (request) =>
        request.headers.referer?.startsWith('http://site.test')
          ? image(bytes, 'image/jpeg', { 'cache-control': 'no-store' })
          : html('Hot-linking is not allowed.'),
      );
      return { body: `<img src="${site.url('/19.jpg', 'cdn.test')}" width="400">`, bytes };
    },
    target: (page) => page.locator('img'),
    srcUrl: addressOf('img'),
  },
  {
    name: 'cookie-protected image',
    path: 'original-bytes',
    serve: async () => {
      const bytes = await picture(20);
      site.route('/20.jpg', (request) =>
        request.headers.cookie?.includes('member=1')
          ? image(bytes, 'image/jpeg', { 'cache-control': 'no-store' })
          : { status: 403, headers: { 'content-type': 'text/plain' }, body: 'members only' },
      );
      return { body: '<img src="/20.jpg" width="400">', bytes, headers: { 'set-cookie': 'member=1; Path=/' } };
    },
    target: (page) => page.locator('img'),
    srcUrl: addressOf('img'),
  },
];

describe('every form a picture takes on a page', () => {
  it.each(forms)('$name', async ({ name, serve, target, path, srcUrl, frame }) => {
    const address = `/form-${name.replace(/\W+/g, '-')}`;
    const { body, bytes, headers } = await serve();
    site.route(address, () => html(body, '', headers));
    const page = await openPage(session.context);
    await page.goto(site.url(address));
    const clicked = target(page);
    await clicked.waitFor();
    const src = await srcUrl?.(page);
    await rightClickAndCheck(session, page, clicked, {
      ...(src ? { srcUrl: src } : {}),
      ...(frame ? { frameUrl: frame() } : {}),
    });
    const text = await waitForOverlay(page, VERDICT);
    const { records } = await companion.history({ limit: 1 });
    const record = records[0];
    expect(record?.source.path).toBe(path);
    expect(text).toContain(wordOf(record?.verdict ?? { value: 'fake' }));
    if (bytes) expect(record?.picture.sha256).toBe(sha256(bytes));
    if (path === 'screenshot') expect(record?.verdict.caveats.map(({ code }) => code)).toContain('screenshot');
    expect(record?.source.pageUrl).toBe(site.url(address));
  });

  it('image opened in its own tab', async () => {
    const bytes = await picture(21);
    site.route('/21.jpg', () => image(bytes));
    const page = await openPage(session.context);
    await page.goto(site.url('/21.jpg'));
    await rightClickAndCheck(session, page, page.locator('img'), { srcUrl: site.url('/21.jpg') });
    await waitForOverlay(page, VERDICT);
    expect((await companion.history({ limit: 1 })).records[0]?.picture.sha256).toBe(sha256(bytes));
  });

  it('a picture whose file carries a generator’s settings says so first, with high confidence', async () => {
    const bytes = await generatorPng(22);
    site.route('/22.png', () => image(bytes, 'image/png'));
    site.route('/generator', () => html('<img src="/22.png" width="400">'));
    const page = await openPage(session.context);
    await page.goto(site.url('/generator'));
    await rightClickAndCheck(session, page, page.locator('img'), { srcUrl: site.url('/22.png') });
    const text = await waitForOverlay(page, VERDICT);
    expect(text).toContain('Likely AI');
    const { records } = await companion.history({ limit: 1 });
    expect(records[0]?.verdict).toMatchObject({
      value: 'fake',
      confidence: 'high',
      reasons: [{ code: 'generator-metadata' }, {}],
    });
  });

  it.each(['gif', 'webp'] as const)(
    'an animated picture is sent as its file, with all its frames: %s',
    async (format) => {
      const bytes = await animation(24, format);
      site.route(`/24.${format}`, () => image(bytes, `image/${format}`));
      site.route(`/moving-${format}`, () => html(`<img src="/24.${format}" width="400">`));
      const page = await openPage(session.context);
      await page.goto(site.url(`/moving-${format}`));
      await rightClickAndCheck(session, page, page.locator('img'), { srcUrl: site.url(`/24.${format}`) });
      await waitForOverlay(page, VERDICT);
      const [record] = (await companion.history({ limit: 1 })).records;
      expect(record?.source.path).toBe('original-bytes');
      // Not a picture of the frame that was shown.
      expect(record?.picture).toMatchObject({ sha256: sha256(bytes), format, frames: 3 });
    },
  );

  it('a file that is no picture ends in a clear error, not in silence', async () => {
    site.route('/23.jpg', () => image(new TextEncoder().encode('not a picture at all'), 'image/jpeg'));
    site.route('/broken', () => html('<img id="t" src="/23.jpg" width="400" height="300" alt="x">'));
    const page = await openPage(session.context);
    await page.goto(site.url('/broken'));
    await rightClickAndCheck(session, page, page.locator('#t'), { srcUrl: site.url('/23.jpg') });
    const text = await waitForOverlay(page, /not a picture|could not be fetched/);
    expect(text).not.toMatch(VERDICT);
  });
});
