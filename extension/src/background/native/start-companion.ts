import { TouchstoneError } from '@touchstone/shared';
import type { OpenSocket } from '../connection/channel.ts';
import type { Companion } from '../connection/companion.ts';
import { answerPair } from '../pairing/answer-pair.ts';
import { type IdentityStore, isOfTeam } from '../pairing/identity-store.ts';
import { askNativeHost } from './native-host.ts';

export interface StartOptions {
  readonly companion: Companion;
  readonly identities: IdentityStore;
  readonly openSocket: OpenSocket;
  /** For tests. */
  readonly ask?: typeof askNativeHost;
}

/**
 * Starts the companion through the native messaging host, and pairs with it where no pairing works. A person has pressed a
 * button of the extension's own page for this.
 * @throws TouchstoneError as `askNativeHost`, and as `answerPair`
 */
export async function startThroughHost(options: StartOptions): Promise<void> {
  const { companion, identities, ask = askNativeHost } = options;
  if ((await identities.places()).machine === 'team') throw new TouchstoneError('team-in-use');
  const known = companion.state.phase === 'not-paired' ? undefined : await identities.read();
  const paired = known && !isOfTeam(known) ? known : undefined;
  const { port, code } = await ask({ type: paired ? 'start' : 'pair' });
  // The code came from this computer's own program, past every page: no doubt about what it replaces.
  if (code !== undefined) await answerPair({ type: 'pair', code, port, replace: true }, options);
  else {
    // The same companion on another port keeps the secret; whoever listens there must still prove it.
    if (paired && paired.port !== port) await identities.write({ ...paired, port });
    companion.reconnect(true);
    await companion.session();
  }
}
