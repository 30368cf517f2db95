/** Made when it is first needed: it takes 15 ms, and few programs that know versions order them. */
let natural: Intl.Collator | undefined;

/**
 * Order of versions, as far as names of versions have one: numbers in them count as numbers, and what has something behind a dash
 * comes before what has not (1.0.0-rc.1 before 1.0.0).
 * @returns below 0 where `a` is the older one
 */
export function compareVersions(a: string, b: string): number {
  const [core = '', ...rest] = a.split('-');
  const [otherCore = '', ...otherRest] = b.split('-');
  natural ??= new Intl.Collator('en', { numeric: true });
  const byCore = natural.compare(core, otherCore);
  if (byCore !== 0) return byCore;
  if (rest.length === 0 || otherRest.length === 0) return otherRest.length - rest.length;
  return natural.compare(rest.join('-'), otherRest.join('-'));
}
