import type { Pack } from '@touchstone/models';
import type { CompanionSettings, Lane, TouchstoneError } from '@touchstone/shared';
import type { Opinion } from './examine.ts';
import type { PackShelf } from './pack-shelf.ts';

/** Which packs look at a picture, in which order. */
export interface PackPlan {
  /** Packs whose earlier verdict on the same bytes answers this request, best first. */
  readonly settling: readonly Pack[];
  first(): Pack | undefined;
  /** The pack to ask next, given what was said so far. */
  next(opinions: readonly Opinion[]): Pack | undefined;
  /** A pack turned out damaged. @throws the error when no other may do its work */
  failed(pack: Pack, error: TouchstoneError): void;
}

/**
 * A named pack works alone. Otherwise the quick pack looks at everything; the thorough one also at what a person asks
 * about, and at what scrolls by when the quick one is undecided. Video that plays cannot wait for it.
 */
export function planPacks(shelf: PackShelf, settings: CompanionSettings, lane: Lane, named?: string): PackPlan {
  if (named !== undefined) {
    const only = shelf.byName(named);
    return {
      settling: [only],
      first: () => only,
      next: () => undefined,
      failed: (_, error) => {
        throw error;
      },
    };
  }
  const quick = shelf.quick(settings);
  const thorough = lane === 'live' ? undefined : shelf.thorough(settings);
  const asked = new Set<Pack>();
  const once = (pack: Pack | undefined): Pack | undefined => {
    if (!pack || asked.has(pack)) return undefined;
    asked.add(pack);
    return pack;
  };
  return {
    settling: lane === 'asked' ? [thorough ?? quick] : [...(thorough ? [thorough] : []), quick],
    first: () => once(quick),
    next(opinions) {
      const last = opinions.at(-1);
      // Nothing was said: the quick pack is damaged, and the shelf names its replacement.
      if (!last) return once(shelf.quick(settings)) ?? once(thorough);
      const needed = lane === 'asked' || last.evidence.direction === 'neutral';
      return needed && last.pack !== thorough ? once(thorough) : undefined;
    },
    failed: (pack, error) => shelf.refuse(pack, error.detail ?? error.message),
  };
}
