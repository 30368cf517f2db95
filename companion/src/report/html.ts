/** Text that is HTML already. A class, so that no data can pass for it. */
export class Html {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

type Piece = Html | string | number | null | undefined | readonly Piece[];

/**
 * Control characters (C0, DEL, C1) and those that turn the direction of text: titles and metadata may hold them to deceive.
 * Tabs and line breaks stay.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(UNPRINTABLE, '\ufffd').replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
}

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
export function stranger(text: string | number): Html {
  return html`<bdi>${text}</bdi>`;
}

/** Dates, sizes and shares: written from left to right in every language. */
export function ltr(text: string | Html): Html {
  return html`<bdi dir="ltr">${text}</bdi>`;
}

/** Fills the `{name}` places of a sentence. */
export function fill(template: string, values: Readonly<Record<string, Piece>>): Html {
  return html`${template.split(/\{(\w+)\}/).map((part, index) => (index % 2 === 0 ? part : values[part]))}`;
}
