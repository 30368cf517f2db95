import { compareVersions, type PackStatus, packLabel, type ResultRecord } from '@touchstone/shared';

/**
 * What a pack's description says of it, the most telling first: its tier, whether the companion uses it for that, of how many pictures of its evaluation
 * set the band of its number names the more frequent kind (a pack that does not say was not measured), its version.
 */
function byStrength(a: PackStatus, b: PackStatus): number {
  return (
    Number(b.tier === 'thorough') - Number(a.tier === 'thorough') ||
    Number(isUsed(b)) - Number(isUsed(a)) ||
    bandAccuracy(b) - bandAccuracy(a) ||
    compareVersions(b.version, a.version)
  );
}

const isUsed = ({ usedFor, tier }: PackStatus): boolean => usedFor?.includes(tier) ?? false;

function bandAccuracy({ bands = [] }: PackStatus): number {
  const pictures = bands.reduce((sum, band) => sum + band.pictures, 0);
  const right = bands.reduce((sum, band) => sum + band.pictures * Math.max(band.aiShare, 1 - band.aiShare), 0);
  return pictures === 0 ? 0 : right / pictures;
}

/**
 * The strongest pack, or version of one, that tells something new: not the one that decided all of these results already, unless it is alone.
 * @returns `name@version`
 */
export function suggestedPack(
  packs: readonly PackStatus[],
  decided: readonly Pick<ResultRecord, 'pack'>[],
): string | null {
  const had = new Set(decided.map(({ pack }) => packLabel(pack)));
  const others = packs.filter((pack) => had.size !== 1 || !had.has(packLabel(pack)));
  const [strongest] = (others.length > 0 ? others : packs).toSorted(byStrength);
  return strongest ? packLabel(strongest) : null;
}
