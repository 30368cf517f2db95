/**
 * Addresses inside a computed CSS value of images, as browsers serialise it: `url("...")` with escapes, lists of
 * layers, `image-set(url("...") 2dppx type("image/avif"), ...)`. Gradients and keywords are passed over.
 */

interface Candidate {
  readonly address: string;
  /** Device pixels per CSS pixel it was made for. */
  readonly density: number;
}

const URL_START = /url\(\s*(["']?)/y;
const SET_START = /(?:-webkit-)?image-set\(/y;
const DENSITY = /([\d.]+)(dppx|x|dpi|dpcm)\b/;
const DPI_PER_DPPX = 96;
const DPCM_PER_DPPX = 96 / 2.54;

/**
 * @param value computed `background-image`, `content` and the like
 * @param devicePixelRatio decides among the candidates of an `image-set`
 * @returns one address a layer, topmost first
 */
export function cssImageAddresses(value: string, devicePixelRatio: number): string[] {
  const addresses: string[] = [];
  let at = 0;
  while (at < value.length) {
    SET_START.lastIndex = at;
    if (SET_START.test(value)) {
      const end = closingBracket(value, SET_START.lastIndex);
      const best = bestCandidate(candidates(value.slice(SET_START.lastIndex, end)), devicePixelRatio);
      if (best) addresses.push(best.address);
      at = end + 1;
      continue;
    }
    const found = readUrl(value, at);
    if (found) {
      addresses.push(found.address);
      at = found.end;
    } else at += 1;
  }
  return addresses;
}

/** The address at this place, if one begins here; `end` is behind its closing bracket. */
function readUrl(value: string, at: number): { readonly address: string; readonly end: number } | undefined {
  URL_START.lastIndex = at;
  const start = URL_START.exec(value);
  if (!start) return undefined;
  const close = start[1] || ')';
  let address = '';
  let index = URL_START.lastIndex;
  for (; index < value.length && value[index] !== close; index += 1) {
    if (value[index] !== '\\') {
      address += value[index];
      continue;
    }
    const hexadecimal = /\\([0-9a-f]{1,6})\s?/iy;
    hexadecimal.lastIndex = index;
    const code = hexadecimal.exec(value)?.[1];
    if (code) {
      address += String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff));
      index = hexadecimal.lastIndex - 1;
    } else {
      index += 1;
      address += value[index] ?? '';
    }
  }
  return {
    address: start[1] ? address : address.trim(),
    end: close === ')' ? index + 1 : value.indexOf(')', index) + 1 || value.length,
  };
}

/** Index of the bracket that closes the one before `at`; brackets inside texts do not count. */
function closingBracket(value: string, at: number): number {
  let depth = 1;
  let quote = '';
  for (let index = at; index < value.length; index += 1) {
    const letter = value[index];
    if (letter === '\\') index += 1;
    else if (quote) quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '(') depth += 1;
    else if (letter === ')') {
      depth -= 1;
      if (depth === 0) return index;
    }
  }
  return value.length;
}

function candidates(set: string): Candidate[] {
  const found: Candidate[] = [];
  for (let at = 0; at < set.length; ) {
    const url = readUrl(set, at);
    if (!url) {
      at += 1;
      continue;
    }
    const rest = set.slice(url.end, url.end + set.slice(url.end).search(/,|$/));
    found.push({ address: url.address, density: densityOf(rest) });
    at = url.end;
  }
  return found;
}

function densityOf(text: string): number {
  const match = DENSITY.exec(text);
  const number = Number(match?.[1] ?? 1);
  if (match?.[2] === 'dpi') return number / DPI_PER_DPPX;
  return match?.[2] === 'dpcm' ? number / DPCM_PER_DPPX : number;
}

/** The smallest that is dense enough, else the densest: what browsers choose. */
function bestCandidate(list: readonly Candidate[], devicePixelRatio: number): Candidate | undefined {
  const sorted = [...list].sort((a, b) => a.density - b.density);
  return sorted.find(({ density }) => density >= devicePixelRatio) ?? sorted.at(-1);
}
