/** Longest name of a host, in characters (RFC 1035), with a port. */
const MAX_TYPED = 300;

/**
 * Reads the address of a team's server as people type or paste it: with or without `https://`, and whatever stands behind the name.
 * @returns `https://host[:port]`; undefined where it can be none
 */
export function readTeamAddress(typed: string): string | undefined {
  const text = typed.trim();
  if (text === '' || text.length > MAX_TYPED || /\s/.test(text)) return undefined;
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  if (url?.protocol !== 'https:' || url.hostname === '' || url.username !== '' || url.password !== '') return undefined;
  return url.origin;
}
