import { beforeEach, describe, expect, it } from 'vitest';
import { sampleRecord } from '../overlay/card/sample-record.ts';
import type { CheckState } from '../overlay/check-state.ts';
import type { Anchor } from '../overlay/place/anchor.ts';
import type { Subject } from './picture-checks.ts';
import { createPictureList } from './picture-list.ts';

const SIZE = 100;

/** A page whose pictures lie where they say. */
function setup(markup: string) {
  document.body.innerHTML = markup;
  const asked: Element[] = [];
  const states = new Map<Element, CheckState>();
  const meant: { focus?: Element; under?: Element; pointed?: Element } = {};
  const subjects = new Map<Element, Subject>();
  const subjectOf = (element: Element): Subject => {
    const [x = 0, y = 0, width = SIZE, height = SIZE] = (element.getAttribute('data-box') ?? '').split(' ').map(Number);
    const anchor: Partial<Anchor> = { box: () => ({ x, y, width, height }) };
    const subject = subjects.get(element) ?? {
      key: element,
      anchor: anchor as Anchor,
      address: () => undefined,
      pixels: async () => ({}),
    };
    subjects.set(element, subject);
    return subject;
  };
  for (const element of document.querySelectorAll('img')) element.scrollIntoView = () => undefined;
  const list = createPictureList({
    pictures: {
      scan: () => document.querySelectorAll('img, canvas, video'),
      address: (element) => element.getAttribute('src') ?? element.getAttribute('poster') ?? undefined,
      focused: () => meant.focus && { element: meant.focus, under: () => meant.under },
      pointed: () => meant.pointed,
    },
    overlay: { isOurs: () => false },
    subjectOf,
    checks: { ask: ({ key }) => void asked.push(key as Element), stateOf: ({ key }) => states.get(key as Element) },
  });
  const element = (id: string) => document.querySelector(`#${id}`) as Element;
  return { list, asked, states, meant, element };
}

beforeEach(() => Object.assign(window, { innerWidth: 1000, innerHeight: 800 }));

describe('the pictures of a frame', () => {
  it('are those large enough, in view first, by what the page calls them', () => {
    const { list } = setup(`
      <img src="https://a.test/away%20one.jpg" data-box="0 2000 200 100">
      <img src="https://a.test/x.jpg" alt=" A cat ">
      <img src="https://a.test/face.jpg" data-box="0 0 40 40">
      <img src="data:image/png;base64,${'A'.repeat(3000)}" alt="" title="Drawn">
      <canvas></canvas>`);
    const place = { x: 0, y: 0, width: SIZE, height: SIZE, viewport: { width: 1000, height: 800 } };
    const seen = { width: SIZE, height: SIZE, inView: true, place, checking: false };
    expect(list.list()).toEqual([
      { ...seen, number: 1, name: 'A cat', url: 'https://a.test/x.jpg' },
      { ...seen, number: 2, name: 'Drawn' },
      { ...seen, number: 3, name: '' },
      {
        number: 4,
        name: 'away one.jpg',
        url: 'https://a.test/away%20one.jpg',
        width: 200,
        height: 100,
        inView: false,
        checking: false,
      },
    ]);
  });

  it('lie in the page where they are seen of them, and a video that does not play yet is none', () => {
    const { list } = setup(
      '<img src="https://a.test/a.jpg" data-box="-50 700 200 300"><video poster="https://a.test/b.jpg"></video>',
    );
    const viewport = { width: 1000, height: 800 };
    expect(list.list().map(({ place }) => place)).toEqual([{ x: 0, y: 700, width: 150, height: 100, viewport }]);
  });

  it('have what is known of them, and keep their numbers', () => {
    const { list, states, element } = setup(
      '<img id="a" src="https://a.test/a.jpg"><img id="b" src="https://a.test/b.jpg">',
    );
    list.list();
    states.set(element('a'), { kind: 'checking' });
    states.set(element('b'), { kind: 'verdict', record: sampleRecord() });
    expect(list.list()).toMatchObject([
      { number: 1, checking: true },
      { number: 2, checking: false, verdict: { value: 'fake', probability: 0.724 } },
    ]);
  });

  it('are asked about by their numbers, and by no other', () => {
    const { list, asked, element } = setup(
      '<img id="a" src="https://a.test/a.jpg"><img id="b" src="https://a.test/b.jpg">',
    );
    list.list();
    list.askNumber(2);
    list.askNumber(9);
    expect(asked).toEqual([element('b')]);
  });
});

describe('the picture that a person means', () => {
  const PAGE = `<a id="link" href="#"><img id="a" src="https://a.test/a.jpg"></a>
    <div id="box"><img id="b" src="https://a.test/b.jpg"><img id="c" src="https://a.test/c.jpg"></div>
    <a id="cover" href="#"></a>`;
  const meantOf = ({ list }: ReturnType<typeof setup>) =>
    list.list().flatMap(({ number, meant }) => (meant ? [[number, meant]] : []));

  it('is in what has the focus, or under it', () => {
    const page = setup(PAGE);
    page.meant.focus = page.element('link');
    expect(meantOf(page)).toEqual([[1, 'focus']]);
    page.meant.focus = page.element('cover');
    page.meant.under = page.element('c');
    expect(meantOf(page)).toEqual([[3, 'focus']]);
  });

  it('is none where the focus holds several, even if it lies over one', () => {
    const page = setup(PAGE);
    page.meant.focus = page.element('box');
    page.meant.under = page.element('c');
    expect(meantOf(page)).toEqual([]);
  });

  it('is under the pointer too, also where the page shows it by two elements', () => {
    const page = setup(`${PAGE}<img id="twin" src="https://a.test/a.jpg">`);
    page.meant.pointed = page.element('twin');
    page.meant.focus = page.element('cover');
    expect(page.list.list()).toHaveLength(3);
    expect(meantOf(page)).toEqual([[1, 'pointer']]);
  });
});
