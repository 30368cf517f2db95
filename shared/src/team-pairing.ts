/**
 * How a browser is let in at a team's server (docs/decisions/0027). The extension makes a verifier, which never leaves it before
 * the end, and opens the server's page with its hash. Somebody who is signed in there presses a button; the server then gives
 * that page a one-time code for this hash. Whoever pairs needs both: the code, which only that page was told, and the
 * verifier, which only the extension has.
 */

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** What the server is told of a verifier beforehand. @param verifier 32 random bytes @returns SHA-256, lower-case hex */
export async function verifierHash(verifier: Uint8Array): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(verifier))));
}

/** What both sides derive the pairing's key and the browser's secret from. @param code in canonical form */
export const joinMaterial = (code: string, verifier: Uint8Array): string => `${code} ${hex(verifier)}`;

const REQUEST = /^#let-in=([0-9a-f]{64})$/;
const CODE = /^#let-in-code=([0-9A-Z-]{19})$/;
const FAILED = /^#let-in-failed=([a-z-]{1,40})$/;
const DONE = '#let-in-done';

/** What the fragment of a server's page says about letting a browser in; fragments are never sent. */
export type LetInLink =
  /** The extension asks; `hash` of its verifier. */
  | { readonly step: 'asked'; readonly hash: string }
  /** The page hands the extension the code. */
  | { readonly step: 'code'; readonly code: string }
  | { readonly step: 'done' }
  /** @property code of the error */
  | { readonly step: 'failed'; readonly code: string };

export function readLetInLink(fragment: string): LetInLink | undefined {
  const [, hash] = REQUEST.exec(fragment) ?? [];
  if (hash !== undefined) return { step: 'asked', hash };
  const [, code] = CODE.exec(fragment) ?? [];
  if (code !== undefined) return { step: 'code', code };
  const [, failed] = FAILED.exec(fragment) ?? [];
  if (failed !== undefined) return { step: 'failed', code: failed };
  return fragment === DONE ? { step: 'done' } : undefined;
}

/** The fragment that says so. */
export function letInFragment(link: LetInLink): string {
  switch (link.step) {
    case 'asked':
      return `#let-in=${link.hash}`;
    case 'code':
      return `#let-in-code=${link.code}`;
    case 'failed':
      return `#let-in-failed=${link.code}`;
    case 'done':
      return DONE;
  }
}
