import { BAND_KEYS, type BandKey, type BandMeasurement } from '@touchstone/shared';

/** Steps in which shares are tried: 1 %. */
const STEPS = 100;

/** Added to every count, so that an empty band says little instead of everything. */
const SMOOTHING = 0.5;

type Shares = readonly number[];

const sum = (values: Shares): number => values.reduce((total, value) => total + value, 0);
const normalised = (values: Shares): Shares => values.map((value) => value / sum(values));

/** How far one distribution lies from another: the population stability index, from 0; 0.1 is little, 0.25 is much. */
function stabilityIndex(observed: Shares, expected: Shares): number {
  return sum(
    observed.map((share, i) => {
      const other = expected[i] ?? share;
      return (share - other) * Math.log(share / other);
    }),
  );
}

/**
 * Shares of the bands among generated and among camera pictures, from what a card tells: how many pictures of its set lie in each
 * band, and which share of them is generated if both kinds are equally many. The set's own mix is the one with which both add up.
 */
function sharesOfKinds(card: readonly BandMeasurement[]): { readonly generated: Shares; readonly camera: Shares } {
  const ordered = BAND_KEYS.map((key) => card.find(({ band }) => band === key));
  const counted = normalised(ordered.map((band) => (band?.pictures ?? 0) + SMOOTHING));
  const aiShares = ordered.map((band) => Math.min(1 - 1e-3, Math.max(1e-3, band?.aiShare ?? 0.5)));
  const at = (mix: number): Shares =>
    counted.map((share, i) => {
      const ai = aiShares[i] ?? 0.5;
      return share / (mix * ai + (1 - mix) * (1 - ai));
    });
  const generatedAt = (mix: number): Shares => at(mix).map((weight, i) => weight * (aiShares[i] ?? 0.5));
  const mixes = Array.from({ length: STEPS - 1 }, (_, i) => (i + 1) / STEPS);
  const off = (mix: number): number => Math.abs(sum(generatedAt(mix)) - 1);
  const mix = mixes.reduce((best, one) => (off(one) < off(best) ? one : best));
  const camera = at(mix).map((weight, i) => weight * (1 - (aiShares[i] ?? 0.5)));
  return { generated: normalised(generatedAt(mix)), camera: normalised(camera) };
}

/**
 * How far scores that were given lie from those of the pack's card. A person meets another mix of generated and camera pictures than
 * the card's set has, which is no drift: of all mixes the one that fits best is taken, and what is left is told.
 * @param counts how many pictures were given a score in each band
 * @returns population stability index, from 0
 */
export function scoreDrift(counts: Readonly<Record<BandKey, number>>, card: readonly BandMeasurement[]): number {
  const observed = normalised(BAND_KEYS.map((key) => counts[key] + SMOOTHING));
  const { generated, camera } = sharesOfKinds(card);
  const indices = Array.from({ length: STEPS + 1 }, (_, i) => {
    const mix = i / STEPS;
    return stabilityIndex(
      observed,
      generated.map((share, band) => mix * share + (1 - mix) * (camera[band] ?? 0)),
    );
  });
  return Math.min(...indices);
}
