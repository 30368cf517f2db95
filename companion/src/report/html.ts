import { foreignText } from '@touchstone/shared/words';

/** Text that is HTML already. A class, so that no data can pass for it. */
export class Html {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

type Piece = Html | string | number | null | undefined | readonly Piece[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const marked = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');

/** Also around our own words no text of a stranger may turn or hide them; where it stands alone, see `foreign`. */
const escaped = (text: string): string => marked(foreignText(text, { lines: 'many' }));

function isList(piece: Piece): piece is readonly Piece[] {
  return Array.isArray(piece);
}

function render(piece: Piece): string {
  if (piece === null || piece === undefined) return '';
  if (isList(piece)) return piece.map(render).join('');
  return piece instanceof Html ? piece.html : escaped(String(piece));
}

/** Template for HTML: whatever is put in is text, between tags or inside quoted attributes, unless it was made here. */
export function html(literals: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(literals.reduce((text, literal, index) => text + render(pieces[index - 1]) + literal));
}

/** Words of strangers: set apart, so that their direction of writing does not spill over. */
export function foreign(text: string | number): Html {
  return html`<bdi>${foreignText(String(text))}</bdi>`;
}

/** Our own words: marks of direction that the language puts into its numbers stay. Never for a stranger's text. */
export function own(text: string): Html {
  return new Html(marked(text));
}

/** Dates and sizes: written from left to right in every language. */
export function ltr(text: string | Html): Html {
  return html`<bdi dir="ltr">${text}</bdi>`;
}

/** Fills the `{name}` places of a sentence. */
export function fill(template: string, values: Readonly<Record<string, Piece>>): Html {
  return html`${template.split(/\{(\w+)\}/).map((part, index) => (index % 2 === 0 ? part : values[part]))}`;
}
