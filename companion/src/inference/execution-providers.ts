import { chooseProvider, type Pack, type ProviderChoice } from '@touchstone/models';
import { type ProviderReason, packLabel } from '@touchstone/shared';
import type { Logger } from 'pino';

/** Accelerators are tried once the first pictures are through, so that trying them does not delay an answer. */
const PROBE_DELAY_MS = 3_000;

/** Which execution provider each pack runs on, and why. Self-tests are per pack: some graphs fail where others pass. */
export interface ExecutionProviders {
  /** Resolves when a pack may run: at once, unless one provider was asked for and has to be tried first. */
  ready(pack: Pack): Promise<void>;
  providerFor(pack: Pack): string;
  reasonFor(pack: Pack): ProviderReason;
  /** The provider failed in the middle of work: the CPU takes over. */
  giveUp(pack: Pack, provider: string, why: string): void;
}

export interface ExecutionProvidersOptions {
  /** One provider that was asked for. */
  readonly wanted?: string | undefined;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly choose?: typeof chooseProvider;
}

export function createExecutionProviders({
  wanted,
  signal,
  logger,
  choose = chooseProvider,
}: ExecutionProvidersOptions): ExecutionProviders {
  const choices = new Map<string, ProviderChoice>();
  const started = new Map<string, Promise<void>>();
  const idOf = ({ manifest }: Pack): string => packLabel(manifest);

  async function decide(pack: Pack): Promise<void> {
    try {
      const choice = await choose(pack, wanted, { signal });
      choices.set(idOf(pack), choice);
      logger.info({ pack: idOf(pack), ...choice }, 'execution provider chosen');
    } catch (error) {
      if (!signal.aborted) logger.error({ error: String(error) }, 'no execution provider could be chosen');
    }
  }

  return {
    ready(pack) {
      const id = idOf(pack);
      const known = started.get(id);
      if (known) return known;
      if (wanted) {
        const decision = decide(pack);
        started.set(id, decision);
        return decision;
      }
      const later = setTimeout(() => void decide(pack), PROBE_DELAY_MS);
      later.unref();
      signal.addEventListener('abort', () => clearTimeout(later), { once: true });
      started.set(id, Promise.resolve());
      return Promise.resolve();
    },
    providerFor: (pack) => choices.get(idOf(pack))?.provider ?? 'cpu',
    reasonFor: (pack) => choices.get(idOf(pack))?.reason ?? { code: 'not-tried' },
    giveUp(pack, provider, why) {
      logger.error({ pack: idOf(pack), provider, why }, 'execution provider failed');
      choices.set(idOf(pack), { provider: 'cpu', reason: { code: 'failed-at-work', provider } });
    },
  };
}
