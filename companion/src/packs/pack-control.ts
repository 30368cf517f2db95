import { findRemovable, graphOf, type Pack, removePack } from '@touchstone/models';
import { packLabel, TouchstoneError } from '@touchstone/shared';
import type { PackChoices } from './choose-pack.ts';
import type { InstalledPacks } from './installed-packs.ts';

/** How long a removal waits for work that has begun with the pack, in milliseconds; a playing video may go on for hours. */
const REMOVAL_WAIT_MS = 30_000;

/** What is installed, used and removed while the companion runs. */
export interface PackControl {
  /** The tiers' packs of now, each with its version: for work that is written down and done later. */
  pinned(): PackChoices;
  /** @returns `name@version` of the version that a name means now; as given where there is none */
  labelOf(given: string): string;
  /** @param given `name@version`, or a name; `base-missing`: it is there, and the pack that it was taught on is not */
  stateOf(given: string): 'installed' | 'base-missing' | 'unknown';
  /**
   * A pack whose graph gives features that another head can be taught on.
   * @param given `name@version`, or a name; without it the one that settles what a person asks about. Of a head, its base
   * @throws TouchstoneError `pack-unknown`, `pack-invalid` for one that gives none
   */
  teachable(given?: string): Pack;
  /** Takes up what was installed or removed on the disk. */
  refresh(): Promise<void>;
  /**
   * Removes a version from memory and disk once the work that began with it has ended.
   * @param given `name@version`, or a name of which one version was installed
   * @returns `name@version` of what is gone
   * @throws TouchstoneError `pack-unknown` (also for packs that ship), `pack-in-use`
   */
  remove(given: string): Promise<string>;
}

export interface PackEngine {
  /** Loads a pack ahead of its first picture. */
  open(pack: Pack): Promise<void>;
  /** Gives its memory back. */
  release(pack: Pack): void;
}

/** @param onFailure is told of a pack that cannot be opened ahead; its first picture finds out again */
export function createPackControl(
  packs: InstalledPacks,
  engine: PackEngine,
  onFailure: (error: unknown) => void,
  waitMs = REMOVAL_WAIT_MS,
): PackControl {
  return {
    pinned: packs.pinned,
    labelOf: packs.labelOf,
    stateOf(given) {
      if (packs.isBaseMissing(given)) return 'base-missing';
      const label = packs.labelOf(given);
      return packs.all().some(({ manifest }) => packLabel(manifest) === label) ? 'installed' : 'unknown';
    },
    teachable(given) {
      const work = packs.begin();
      try {
        return requireFeatures(graphOf(given === undefined ? (work.thorough() ?? work.quick()) : work.byName(given)));
      } finally {
        work.end();
      }
    },
    async refresh() {
      await packs.refresh();
      const quick = packs.quick();
      if (quick) engine.open(quick).catch(onFailure);
    },
    async remove(given) {
      const pack = findRemovable(given, packs.all());
      const label = packLabel(pack.manifest);
      if (packs.isInUse(pack)) throw new TouchstoneError('pack-in-use', label);
      const heads = packs.all().filter(({ head }) => head?.base === pack);
      if (heads.length > 0) {
        const labels = heads.map(({ manifest }) => packLabel(manifest)).join(', ');
        throw new TouchstoneError('pack-in-use', `${label} is the base of ${labels}`, {
          nextStep: `Remove ${labels} first.`,
        });
      }
      const putBack = packs.withdraw(pack);
      if (!(await packs.holds.ended(pack, waitMs))) {
        putBack();
        throw new TouchstoneError('pack-in-use', `${label}: checks that began with it go on`);
      }
      engine.release(pack);
      await removePack(pack);
      return label;
    },
  };
}

/** A head sees the mean of the views; where the most suspicious view alone counts, that mean means nothing. */
function requireFeatures(pack: Pack): Pack {
  const { output, input } = pack.manifest;
  const label = packLabel(pack.manifest);
  if (!output.embedding) throw new TouchstoneError('pack-invalid', `${label} gives no features to teach a head on`);
  if (input.combine !== 'mean-logit') throw new TouchstoneError('pack-invalid', `${label} does not average its views`);
  return pack;
}
