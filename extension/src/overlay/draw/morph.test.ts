import { describe, expect, it } from 'vitest';
import { element } from './element.ts';
import { morphChildren } from './morph.ts';

const list = (...words: string[]) =>
  element('div', {}, ...words.map((word) => element('button', { attributes: { 'data-word': word } }, word)));

describe('morphChildren', () => {
  it('keeps elements, with their focus, while texts and attributes change', () => {
    const before = list('one', 'two');
    document.body.append(before);
    const second = before.children[1] as HTMLElement;
    second.focus();
    morphChildren(before, list('one', 'three'));
    expect(before.children[1]).toBe(second);
    expect(second.textContent).toBe('three');
    expect(second.dataset.word).toBe('three');
    expect(document.activeElement).toBe(second);
    before.remove();
  });

  it('adds, removes and replaces what differs in kind', () => {
    const before = list('one', 'two', 'three');
    morphChildren(before, element('div', {}, element('p', {}, 'text'), 'tail'));
    expect(before.innerHTML).toBe('<p>text</p>tail');
    morphChildren(before, list('a', 'b', 'c'));
    expect(before.children).toHaveLength(3);
  });
});
