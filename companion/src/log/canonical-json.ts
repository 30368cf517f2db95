type Members = Readonly<Record<string, unknown>>;

/**
 * Canonical JSON after RFC 8785: members sorted by their UTF-16 code units, no white space, numbers and strings as
 * ECMAScript writes them, which is what the RFC prescribes. Members that are `undefined` are left out, as in any JSON.
 * Own code because it runs in the transaction of every record; a record takes 20 microseconds.
 * @param value plain data: objects, arrays, strings, finite numbers, booleans, null
 * @throws TypeError for what would read back as something else: NaN, Infinity, half a surrogate pair, functions, big integers
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return canonicalString(value);
  if (typeof value === 'number') return canonicalNumber(value);
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'object') throw new TypeError(`a ${typeof value} has no canonical JSON`);
  return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value as Members);
}

function canonicalString(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('a string with half a surrogate pair has no canonical JSON');
  return JSON.stringify(text);
}

function canonicalNumber(number: number): string {
  if (!Number.isFinite(number)) throw new TypeError(`${number} has no canonical JSON`);
  return JSON.stringify(number);
}

function canonicalArray(items: readonly unknown[]): string {
  let text = '[';
  for (const item of items) text += (text.length > 1 ? ',' : '') + canonicalJson(item);
  return `${text}]`;
}

function canonicalObject(members: Members): string {
  let text = '{';
  // The default order of `sort` is that of UTF-16 code units.
  for (const name of Object.keys(members).sort()) {
    const member = members[name];
    if (member === undefined) continue;
    text += `${text.length > 1 ? ',' : ''}${canonicalString(name)}:${canonicalJson(member)}`;
  }
  return `${text}}`;
}
