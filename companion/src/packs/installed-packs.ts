import { graphOf, listPacks, type Pack, type RefusedPack } from '@touchstone/models';
import { type CompanionStatus, packLabel, TouchstoneError } from '@touchstone/shared';
import type { Logger } from 'pino';
import {
  choosePack,
  namedPack,
  type PackChoices,
  type PacksByLabel,
  packsInUse,
  pinnedChoices,
} from './choose-pack.ts';
import { createPackHolds, type PackHolds } from './pack-holds.ts';
import { packStatuses } from './pack-statuses.ts';

/** The packs that one piece of work has to do with: those of the moment at which it began, whatever is installed or removed meanwhile. */
export interface WorkPacks {
  /** @throws TouchstoneError `pack-unknown` when there is none, `pack-invalid` when all are damaged */
  quick(): Pack;
  thorough(): Pack | undefined;
  /** @param given `name@version`, or a name for its version in use @throws TouchstoneError `pack-unknown` */
  byName(given: string): Pack;
  /** Takes a pack out of use, for everybody, whose files turned out to be damaged. */
  refuse(pack: Pack, reason: string): void;
  /** Nothing of this work runs any more: its packs may be removed. */
  end(): void;
}

/** The packs that are installed, in all their versions, and which one a tier uses. */
export interface InstalledPacks {
  /** @param choices of the tiers, where they are not those of the settings of this moment */
  begin(choices?: PackChoices): WorkPacks;
  all(): readonly Pack[];
  /** The pack the quick tier uses now; undefined when there is none. */
  quick(): Pack | undefined;
  /** Names of the packs the tiers use now. */
  inUse(): { quick: string | null; thorough: string | null };
  isInUse(pack: Pack): boolean;
  /** The tiers' packs of now, each with its version. */
  pinned(): PackChoices;
  /** @returns `name@version` of what somebody names now; as given where there is no such pack */
  labelOf(given: string): string;
  /** @param given `name@version`, or a name; whether only the pack is missing that it was taught on */
  isBaseMissing(given: string): boolean;
  /** As the status tells them, of each name the version in use first. */
  identities(): CompanionStatus['packs'];
  /** Looks what lies in the folders now. */
  refresh(): Promise<void>;
  /** Gives a pack to no work that begins from now on; @returns lets it be used again */
  withdraw(pack: Pack): () => void;
  readonly holds: PackHolds;
}

/**
 * @param folders later ones win where one version lies in both
 * @param choices what a person chose, read at every question so that changes take effect at once
 */
export async function createInstalledPacks(
  folders: readonly string[],
  choices: () => PackChoices,
  logger: Logger,
): Promise<InstalledPacks> {
  const holds = createPackHolds();
  /** Never changed, only replaced: work that began keeps the one it began with. */
  let packs: PacksByLabel = new Map();
  let damaged = 0;
  let withoutBase: readonly string[] = [];

  const report = ({ folder, reason }: RefusedPack): void => logger.warn({ folder, reason }, 'model pack refused');

  async function refresh(): Promise<void> {
    const found = await listPacks(folders);
    found.refused.forEach(report);
    damaged = found.refused.length;
    withoutBase = found.refused.flatMap(({ baseMissing }) => baseMissing ?? []);
    // A pack that is as it was stays the same object: whoever holds it holds it still.
    packs = new Map([...found.packs].map(([label, pack]) => [label, unchanged(packs.get(label), pack)]));
  }
  await refresh();

  function leaveOut(pack: Pack): void {
    const label = packLabel(pack.manifest);
    if (packs.get(label) === pack) packs = without(packs, label);
  }

  return {
    begin(given = choices()) {
      let mine = packs;
      const held = new Set<Pack>();
      const hold = <Found extends Pack | undefined>(pack: Found): Found => {
        for (const one of pack ? [pack, graphOf(pack)] : []) {
          if (held.has(one)) continue;
          held.add(one);
          holds.add(one);
        }
        return pack;
      };
      const quick = (): Pack | undefined => hold(choosePack(mine, 'quick', given));
      const thorough = (): Pack | undefined => hold(choosePack(mine, 'thorough', given));
      quick();
      thorough();
      return {
        quick() {
          const pack = quick();
          if (!pack && damaged > 0) throw new TouchstoneError('pack-invalid', 'every installed pack is damaged');
          if (!pack) throw new TouchstoneError('pack-unknown', 'no model pack is installed');
          return pack;
        },
        thorough,
        byName(name) {
          const pack = hold(namedPack(mine, name, given));
          if (!pack) throw new TouchstoneError('pack-unknown', name);
          return pack;
        },
        refuse(pack, reason) {
          mine = without(mine, packLabel(pack.manifest));
          if (packs.get(packLabel(pack.manifest)) === pack) damaged++;
          leaveOut(pack);
          report({ folder: pack.folder, reason });
        },
        end() {
          for (const pack of held) holds.remove(pack);
          held.clear();
        },
      };
    },
    all: () => [...packs.values()],
    quick: () => choosePack(packs, 'quick', choices()),
    inUse: () => packsInUse(packs, choices()),
    isInUse: (pack) =>
      (['quick', 'thorough'] as const).some((tier) => involves(choosePack(packs, tier, choices()), pack)),
    pinned: () => pinnedChoices(packs, choices()),
    labelOf(given) {
      const pack = namedPack(packs, given, choices());
      return pack ? packLabel(pack.manifest) : given;
    },
    isBaseMissing: (given) =>
      namedPack(packs, given, choices()) === undefined &&
      withoutBase.some((label) => label === given || label.startsWith(`${given}@`)),
    identities: () => packStatuses(packs, choices()),
    refresh,
    withdraw(pack) {
      leaveOut(pack);
      return () => {
        packs = new Map([...packs, [packLabel(pack.manifest), pack]]);
      };
    },
    holds,
  };
}

/** Whether work with `used` needs `pack`: it is that one, or the base of its head. */
function involves(used: Pack | undefined, pack: Pack): boolean {
  return used === pack || used?.head?.base === pack;
}

function without(packs: PacksByLabel, label: string): PacksByLabel {
  return new Map([...packs].filter(([key]) => key !== label));
}

function unchanged(before: Pack | undefined, now: Pack): Pack {
  const same = before?.folder === now.folder && before.head?.file.sha256 === now.head?.file.sha256;
  return same && JSON.stringify(before.manifest) === JSON.stringify(now.manifest) ? before : now;
}
