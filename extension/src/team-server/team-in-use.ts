import type { Translator } from '../i18n/translator.ts';
import type { BackgroundState } from '../messaging/requests.ts';

/** @returns address of the team's server that judges; null where this computer does */
export function teamInUse(state: Pick<BackgroundState, 'machine' | 'team'> | undefined): string | null {
  return state?.machine === 'team' ? state.team : null;
}

/** Where pictures go. @param address of the team's server that is used, if any */
export const privacyText = (translator: Translator, address: string | null): string =>
  address === null ? translator.text('privacy-text') : translator.text('privacy-team', { host: new URL(address).host });
