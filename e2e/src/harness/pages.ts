import { picture } from './pictures.ts';
import { html, image, type Site } from './site.ts';

/** Pages as people meet them, each with what overlays stumble over. Pictures are made by the tests. */
export const PAGES = {
  sticky: '/pages/sticky',
  feed: '/pages/feed',
  carousel: '/pages/carousel',
  shapes: '/pages/shapes',
  shop: '/pages/shop',
  lightbox: '/pages/lightbox',
  grid: '/pages/grid',
  article: '/pages/article',
  rightToLeft: '/pages/right-to-left',
  words: '/pages/words',
} as const;

const src = (seed: number): string => `/pages/${seed}.jpg`;

/** Serves all of them. */
export async function servePages(site: Site): Promise<void> {
  for (let seed = 300; seed < 312; seed += 1) {
    const bytes = await picture(seed);
    site.route(src(seed), () => image(bytes));
  }
  const page = (path: string, style: string, body: string) =>
    site.route(path, () => html(body, `<style>${style}</style>`));

  page(
    PAGES.sticky,
    'body{margin:0}header{position:sticky;top:0;height:90px;background:#fff;border-bottom:1px solid #ccc;z-index:5}img{display:block;margin:40px auto;width:600px;height:450px}main{height:3000px}',
    `<header id="header">The Daily Example</header><main><img id="t" src="${src(300)}"></main>`,
  );
  page(
    PAGES.feed,
    'article{position:relative;width:500px;height:300px;margin:0 0 24px;overflow:hidden}.bg{position:absolute;inset:0;background-size:cover}article img{position:absolute;inset:0;width:100%;height:100%;opacity:0;z-index:-1}',
    [301, 302]
      .map(
        (seed) =>
          `<article><div class="bg" style="background-image:url(${src(seed)})"></div><img src="${src(seed)}"></article>`,
      )
      .join(''),
  );
  page(
    PAGES.carousel,
    '.car{position:relative;width:700px;height:420px;background:#111;overflow:hidden;display:grid;place-items:center}.blur{position:absolute;inset:0;width:100%;height:100%;object-fit:cover;filter:blur(30px);opacity:.7}#t{position:relative;height:360px}',
    `<div class="car"><img class="blur" src="${src(303)}"><img id="t" src="${src(303)}"></div>`,
  );
  page(
    PAGES.shapes,
    'body{margin:40px;display:grid;grid-template-columns:repeat(3,360px);gap:40px}div{height:320px;display:grid;place-items:center}img{width:240px;height:240px}.turned{transform:rotate(30deg)}.round{border-radius:50%}.clipped{clip-path:circle(40%)}.tilted div,.tilted{perspective:400px}.tilted img{transform:rotateY(50deg)}.barred{width:320px;height:120px;object-fit:contain;background:#ddd}.up{width:120px;height:300px;object-fit:contain;object-position:50% 100%;background:#ddd}',
    ['turned', 'round', 'clipped', 'barred', 'up']
      .map((shape, index) => `<div><img class="${shape}" src="${src(300 + index)}"></div>`)
      .concat(`<div class="tilted"><img class="tilt" src="${src(305)}"></div>`)
      .join(''),
  );
  page(
    PAGES.shop,
    '.p{position:relative;width:300px}img{width:300px;height:240px;display:block}.sale{position:absolute;top:4px;right:4px;background:#c00;color:#fff;padding:6px 12px}.heart{position:absolute;top:4px;left:4px;font-size:24px;padding:2px 40px 2px 4px}',
    `<div class="p"><span class="sale">-20 %</span><span class="heart">♥ 214</span><img id="t" src="${src(306)}"></div>`,
  );
  page(
    PAGES.lightbox,
    'img{width:400px;height:300px}.lightbox{position:fixed;inset:0;background:rgb(0 0 0/.9);display:grid;place-items:center;z-index:9}',
    `<img id="t" src="${src(307)}"><script>window.openLightbox=()=>{const box=document.createElement('div');box.className='lightbox';box.innerHTML='<p style="color:#fff">Loading</p>';box.onclick=()=>box.remove();document.body.append(box)}</script>`,
  );
  page(
    PAGES.grid,
    'body{margin:0;padding:12px}.g{display:grid;grid-template-columns:repeat(3,200px);gap:8px}.g a{position:relative;display:block;height:200px;overflow:hidden}.g img{position:absolute;inset:0;width:100%;height:100%;object-fit:cover}.catch{position:absolute;inset:0}',
    `<div class="g">${[308, 309, 310].map((seed) => `<a href="#"><div><img src="${src(seed)}"></div><div class="catch"></div></a>`).join('')}</div>`,
  );
  page(
    PAGES.article,
    'main{height:3000px}img{width:480px;height:360px;display:block}',
    `<main><p>A page with a picture that a reader doubts.</p><img id="t" src="${src(311)}"></main>`,
  );
  site.route(PAGES.rightToLeft, () => ({
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><title>صورة</title><style>img{width:480px;height:360px}</style><h1>صورة من الميناء</h1><img id="t" src="${src(311)}"></html>`,
  }));
  page(PAGES.words, '', '<h1>No picture here</h1><p id="words">Only words.</p>');
}
