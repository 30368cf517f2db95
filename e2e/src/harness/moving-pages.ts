import { generatorPng, picture } from './pictures.ts';
import { html, image, type Site } from './site.ts';

/** Pages whose pictures come, go and change while a person reads. Each has hooks on `window` that make it do so. */
export const MOVING_PAGES = {
  news: '/moving/news',
  virtualList: '/moving/virtual-list',
  kept: '/moving/route/storm',
  replaced: '/moving/view/storm',
  lazy: '/moving/lazy',
} as const;

/** A picture that is opened by itself; larger than any window of the tests. */
export const OWN_TAB = '/moving/own-tab.jpg';

/** Rows of the virtual list, and pictures in a row. */
const ROWS = 100;
const COLUMNS = 3;

const STORY =
  '<p>The storm broke over the harbour shortly after six. Several residents photographed the wall of cloud, and the pictures travelled far.</p>'.repeat(
    3,
  );

/** A JPEG comment makes the bytes differ without making another picture. */
function named(jpeg: Buffer, name: string): Buffer {
  const comment = Buffer.from(name);
  const segment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, comment.length + 2]), comment]);
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
}

async function serveNews(site: Site): Promise<void> {
  const [small, large, portrait, wide] = await Promise.all([
    picture(600, 'jpeg', 480, 320),
    picture(601, 'jpeg', 1200, 800),
    picture(602, 'jpeg', 420, 520),
    generatorPng(603),
  ]);
  site.route('/moving/news/storm-480.jpg', () => image(small));
  site.route('/moving/news/storm-1200.jpg', () => image(large));
  site.route('/moving/news/portrait.jpg', () => image(portrait));
  site.route('/moving/news/portrait-wide.png', () => image(wide, 'image/png'));
  const related = await Promise.all([604, 605, 606].map((seed) => picture(seed, 'jpeg', 400, 225)));
  for (const [index, bytes] of related.entries()) site.route(`/moving/news/more-${index}.jpg`, () => image(bytes));
  // Newspapers keep their pictures on another host, which lets no page read them.
  const cdn = (name: string) => site.url(`/moving/news/${name}`, 'cdn.test');
  site.route(MOVING_PAGES.news, () =>
    html(
      `<header id="header">The Daily Example</header><main><h1>Storm over the harbour: what the pictures show</h1>
<figure><img id="hero" src="${cdn('storm-480.jpg')}" srcset="${cdn('storm-480.jpg')} 480w, ${cdn('storm-1200.jpg')} 1200w" sizes="(max-width: 600px) 100vw, 760px" alt="Dark clouds over water"><figcaption>Clouds on Tuesday. Photo: a reader</figcaption></figure>${STORY}
<figure><picture><source media="(min-width: 601px)" srcset="${cdn('portrait-wide.png')}"><img id="portrait" src="${cdn('portrait.jpg')}" alt="A portrait"></picture><figcaption>A portrait that went around.</figcaption></figure>${STORY}
<h2>More</h2><div class="more">${related.map((_, index) => `<a href="#more-${index}"><img loading="lazy" src="${cdn(`more-${index}.jpg`)}" alt="Story ${index}"></a>`).join('')}</div>${STORY}</main>`,
      '<style>body{margin:0;font:18px/1.6 serif}header{position:sticky;top:0;height:60px;background:#fff;border-bottom:1px solid #ddd;z-index:50}main{max-width:760px;margin:24px auto;padding:0 20px}figure{margin:24px 0}#hero{width:100%;aspect-ratio:3/2;display:block}#portrait{width:420px;max-width:100%;display:block}.more{display:grid;grid-template-columns:repeat(3,1fr);gap:12px}.more img{width:100%;aspect-ratio:16/9;object-fit:cover;display:block}</style>',
    ),
  );
}

/** Every third picture carries a generator's settings, so that neighbours have different verdicts. */
async function serveVirtualList(site: Site): Promise<void> {
  const [photo, made] = await Promise.all([picture(620, 'jpeg', 320, 240), generatorPng(621)]);
  for (let index = 0; index < ROWS * COLUMNS; index += 1)
    site.route(`/moving/list/${index}`, () =>
      index % COLUMNS === 1
        ? image(Buffer.concat([made, Buffer.from(`entry ${index}`)]), 'image/png')
        : image(named(photo, `entry ${index}`)),
    );
  // The elements of rows that left are used for those that come; rows are moved, not laid out.
  site.route(MOVING_PAGES.virtualList, () =>
    html(
      `<div id="list"></div><script>
const HEIGHT = 220, rows = [];
list.style.height = ${ROWS} * HEIGHT + 'px';
for (let row = 0; row < 9; row += 1) {
  const element = document.createElement('div');
  element.className = 'row';
  element.innerHTML = '<img>'.repeat(${COLUMNS});
  list.append(element);
  rows.push(element);
}
const fill = () => {
  const first = Math.max(0, Math.min(${ROWS} - rows.length, Math.floor(scrollY / HEIGHT) - 1));
  for (let at = first; at < first + rows.length; at += 1) {
    const row = rows[at % rows.length];
    row.style.transform = 'translateY(' + at * HEIGHT + 'px)';
    if (row.dataset.at === String(at)) continue;
    row.dataset.at = at;
    [...row.children].forEach((picture, column) => { picture.src = '/moving/list/' + (at * ${COLUMNS} + column); });
  }
};
addEventListener('scroll', fill);
fill();
</script>`,
      '<style>body{margin:0}#list{position:relative;width:900px;margin:auto}.row{position:absolute;left:0;right:0;top:0;height:220px;display:grid;grid-template-columns:repeat(3,1fr);gap:8px;padding:6px;box-sizing:border-box}.row img{width:100%;height:208px;object-fit:cover}</style>',
    ),
  );
}

/** Two applications that change their route without loading a page: one keeps its element, one builds its view anew. */
async function serveRoutes(site: Site): Promise<void> {
  const [storm, portrait] = await Promise.all([picture(630), generatorPng(631)]);
  site.route('/moving/storm.jpg', () => image(storm));
  site.route('/moving/portrait.png', () => image(portrait, 'image/png'));
  const application = (root: string, show: string) => {
    for (const name of ['storm', 'portrait'])
      site.route(`${root}${name}`, () =>
        html(
          `<nav><a href="${root}storm">Storm</a> <a href="${root}portrait">Portrait</a></nav><div id="view"></div><script>
const files = { storm: '/moving/storm.jpg', portrait: '/moving/portrait.png' };
const show = () => { const file = files[location.pathname.split('/').at(-1)]; ${show} };
document.querySelectorAll('a').forEach((link) => link.addEventListener('click', (event) => {
  event.preventDefault();
  history.pushState({}, '', link.href);
  show();
}));
addEventListener('popstate', show);
show();
</script>`,
          '<style>img{width:520px;height:390px;display:block}</style>',
        ),
      );
  };
  application('/moving/route/', `(document.images[0] ?? view.appendChild(new Image())).src = file;`);
  application('/moving/view/', `view.innerHTML = '<img src="' + file + '">';`);
}

/** A dot stands for the picture, then a blurred small copy, then the picture; `next()` goes on by one. */
async function serveLazy(site: Site): Promise<void> {
  const DOT = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
  const [low, full, behind] = await Promise.all([
    picture(640, 'jpeg', 160, 120),
    picture(640, 'jpeg', 1200, 900),
    generatorPng(641),
  ]);
  site.route('/moving/low.jpg', () => image(low));
  site.route('/moving/full.jpg', () => image(full));
  site.route('/moving/behind.png', () => image(behind, 'image/png'));
  site.route(MOVING_PAGES.lazy, () =>
    html(
      `<img id="t" class="low" src="${DOT}"><div id="background"></div><script>
let stage = 0;
window.next = () => {
  stage += 1;
  if (stage === 1) t.src = '/moving/low.jpg';
  if (stage === 2) { t.src = '/moving/full.jpg'; t.className = ''; background.className = 'come'; }
};
</script>`,
      '<style>img,div{width:520px;height:390px;display:block;margin-bottom:20px;background-size:cover}img{object-fit:cover;transition:filter .1s}.low{filter:blur(12px)}.come{background-image:url(/moving/behind.png)}</style>',
    ),
  );
}

/** Serves all of them. */
export async function serveMovingPages(site: Site): Promise<void> {
  const alone = await picture(650, 'jpeg', 2400, 1800);
  site.route(OWN_TAB, () => image(alone));
  await Promise.all([serveNews(site), serveVirtualList(site), serveRoutes(site), serveLazy(site)]);
}
