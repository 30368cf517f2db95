import { type LetInLink, letInFragment, readLetInLink } from '@touchstone/shared';
import { people } from '@touchstone/shared/api';
import { client } from '../api/request.ts';
import type { SessionPlace } from '../api/session.ts';

/** What the extension asked for, over signing in, which may lead to a provider's site and back. */
const KEY = 'touchstone.let-in';

/** What the page is about while a browser is let in. */
export type LetInStep = Exclude<LetInLink, { step: 'code' }>;

/** Reads what the address says of letting a browser in, or what it said before somebody signed in. */
export function readLetIn({ location, storage }: Pick<SessionPlace, 'location' | 'storage'>): LetInStep | undefined {
  const link = readLetInLink(location.hash);
  if (link?.step === 'asked') storage.setItem(KEY, link.hash);
  if (link && link.step !== 'code') return link;
  // The code was handed over already: what asked for it does not come back.
  if (link) return undefined;
  const hash = storage.getItem(KEY);
  return hash === null ? undefined : readAsked(hash);
}

function readAsked(hash: string): LetInStep | undefined {
  const link = readLetInLink(letInFragment({ step: 'asked', hash }));
  return link?.step === 'asked' ? link : undefined;
}

export const forgetLetIn = ({ storage }: Pick<SessionPlace, 'storage'>): void => storage.removeItem(KEY);

/**
 * Agrees, and hands the extension the code: in the fragment, which is never sent, and which the extension reads in the tab that it
 * opened itself.
 * @throws TouchstoneError `sign-in-failed` where that was agreed to before
 */
export async function letIn(place: Pick<SessionPlace, 'history' | 'storage'>, verifierHash: string): Promise<void> {
  const { code } = await client.call(people.letIn, { body: { verifierHash } });
  forgetLetIn(place);
  place.history.replaceState(null, '', `/${letInFragment({ step: 'code', code })}`);
}
