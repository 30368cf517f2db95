import { logitOf, type Pack } from '@touchstone/models';
import { type Lane, packLabel, type ResultRecord, type TouchstoneError } from '@touchstone/shared';
import type { WorkPacks } from '../packs/installed-packs.ts';
import type { Opinion } from './analyse-picture.ts';

/** Which packs look at a picture, in which order. */
export interface PackPlan {
  /** Packs whose earlier verdict on the same bytes answers this request, best first. */
  readonly settling: readonly Pack[];
  /** Whether an earlier verdict of one of them was reached the way this one would be. */
  settles(earlier: ResultRecord): boolean;
  first(): Pack | undefined;
  /** The pack to ask next, given what was said so far. */
  next(opinions: readonly Opinion[]): Pack | undefined;
  /** A pack turned out damaged. @throws the error when no other may do its work */
  failed(pack: Pack, error: TouchstoneError): void;
}

/**
 * Log-odds from a threshold within which a quick verdict is looked at once more, so that what a badge says holds when a person
 * asks: the distance within which playing video goes on gathering second opinions.
 */
const NEAR_MARK_LOGITS = 1;

function isNearMark({ pack, answer }: Opinion): boolean {
  const { fakeAbove, realBelow } = pack.manifest.thresholds;
  const logit = logitOf(answer.probability);
  return [fakeAbove, realBelow].some((mark) => Math.abs(logit - logitOf(mark)) < NEAR_MARK_LOGITS);
}

/**
 * A named pack works alone. Otherwise the quick pack looks at everything; the thorough one also at what a person asks
 * about, and at what scrolls by when the quick one is undecided or near a threshold. Video that plays cannot wait for it.
 */
export function planPacks(packs: WorkPacks, lane: Lane, named?: string): PackPlan {
  if (named !== undefined) {
    const only = packs.byName(named);
    return {
      settling: [only],
      settles: ({ together }) => together === undefined,
      first: () => only,
      next: () => undefined,
      failed: (_, error) => {
        throw error;
      },
    };
  }
  const quick = packs.quick();
  const thorough = lane === 'live' ? undefined : packs.thorough();
  const asked = new Set<Pack>();
  const once = (pack: Pack | undefined): Pack | undefined => {
    if (!pack || asked.has(pack)) return undefined;
    asked.add(pack);
    return pack;
  };
  return {
    settles({ pack, together }) {
      const joint =
        thorough && packLabel(pack) === packLabel(thorough.manifest) ? thorough.manifest.together : undefined;
      return together !== undefined || joint?.with.sha256 !== quick.manifest.model.sha256;
    },
    settling: lane === 'asked' ? [thorough ?? quick] : [...(thorough ? [thorough] : []), quick],
    first: () => once(quick),
    next(opinions) {
      const last = opinions.at(-1);
      // Nothing was said: the quick pack is damaged, and another one takes its place.
      if (!last) return once(packs.quick()) ?? once(thorough);
      const needed = lane === 'asked' || last.evidence.direction === 'neutral' || isNearMark(last);
      return needed && last.pack !== thorough ? once(thorough) : undefined;
    },
    failed: (pack, error) => packs.refuse(pack, error.detail ?? error.message),
  };
}
