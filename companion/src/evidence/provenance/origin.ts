import type { Provenance, ProvenanceState } from '@touchstone/shared';
import { sourceKind } from './source-types.ts';
import { actionsOf, type RawIngredient, type RawManifest } from './store-schema.ts';

/** Actions after which the picture shows the same content as before: a generated picture stays a generated one. */
const CONTENT_KEPT = new Set([
  'c2pa.opened',
  'c2pa.created',
  'c2pa.published',
  'c2pa.repackaged',
  'c2pa.transcoded',
  'c2pa.converted',
  'c2pa.cropped',
  'c2pa.resized',
  'c2pa.resized.proportional',
  'c2pa.orientation',
  'c2pa.color_adjustments',
  'c2pa.adjustedColor',
  'c2pa.edited.metadata',
  'c2pa.watermarked',
  'c2pa.watermarked.bound',
  'c2pa.watermarked.unbound',
  'c2pa.soft-binding',
  'c2pa.redacted',
]);

/** Actions that leave every pixel as the camera wrote it. */
const PIXELS_KEPT = new Set([
  'c2pa.opened',
  'c2pa.created',
  'c2pa.published',
  'c2pa.repackaged',
  'c2pa.edited.metadata',
  'c2pa.redacted',
]);

export interface Origin {
  readonly origin: Provenance['origin'];
  /** Label of the manifest inside the store whose claim this is. */
  readonly claimedBy: string;
}

export interface OriginSource {
  /** Manifest by label. */
  manifest(label: string): RawManifest | undefined;
  /** Validation state of an ingredient's manifest, as found on this machine. */
  ingredientState(parent: string, ingredient: RawIngredient): ProvenanceState | undefined;
}

/**
 * Where the picture comes from, by the rules of `docs/content-credentials.md`:
 * 1. `created` (or `opened`) as made by a trained model -> `ai`;
 * 2. a parent that is `ai`, and after it only actions that keep the content -> `ai`, else `ai-parts`;
 * 3. any other action, or any placed ingredient, with parts of a trained model -> `ai-parts`;
 * 4. `created` by a camera, or a trusted parent that is `camera`, nothing placed, every pixel kept -> `camera`.
 * Ingredients whose own manifest is broken or unreadable count for nothing, and a prompt's pictures (`inputTo`) are not
 * in the picture.
 */
export function originOf(label: string, store: OriginSource): Origin {
  // A manifest may be an ingredient many times over, or of itself: each is looked at once.
  return follow(label, store, new Map());
}

function follow(label: string, store: OriginSource, known: Map<string, Origin>): Origin {
  const before = known.get(label);
  if (before) return before;
  known.set(label, { origin: null, claimedBy: label });
  const origin = judge(label, store, known);
  known.set(label, origin);
  return origin;
}

function judge(label: string, store: OriginSource, known: Map<string, Origin>): Origin {
  const none: Origin = { origin: null, claimedBy: label };
  const manifest = store.manifest(label);
  if (!manifest) return none;
  const actions = actionsOf(manifest);
  const ingredients = manifest.ingredients ?? [];
  const base = baseIngredient(ingredients, actions);
  const placed = ingredients.filter((one) => one !== base && one.relationship !== 'inputTo');
  const before = base ? ingredientOrigin(base) : none;

  const first = actions.find(({ action }) => action === 'c2pa.created' || action === 'c2pa.opened');
  const own = first ? sourceKind(first.digitalSourceType) : 'other';
  if (own === 'ai') return { origin: 'ai', claimedBy: label };

  const kept = (allowed: ReadonlySet<string>): boolean =>
    placed.length === 0 && actions.every(({ action }) => allowed.has(action));
  if (before.origin === 'ai') {
    return { origin: kept(CONTENT_KEPT) ? 'ai' : 'ai-parts', claimedBy: before.claimedBy };
  }
  if (actions.some(({ digitalSourceType }) => ['ai', 'ai-parts'].includes(sourceKind(digitalSourceType)))) {
    return { origin: 'ai-parts', claimedBy: label };
  }
  const generatedPart = [before, ...placed.map(ingredientOrigin)].find(
    ({ origin }) => origin === 'ai' || origin === 'ai-parts',
  );
  if (generatedPart) return { origin: 'ai-parts', claimedBy: generatedPart.claimedBy };
  const captured = own === 'camera' || (before.origin === 'camera' && own === 'other');
  return captured && kept(PIXELS_KEPT) && (own !== 'camera' || !base) ? { origin: 'camera', claimedBy: label } : none;

  function ingredientOrigin(ingredient: RawIngredient): Origin {
    const inner = ingredient.active_manifest;
    const state = store.ingredientState(label, ingredient);
    if (!inner || (state !== 'trusted' && state !== 'unknown-signer')) return none;
    const found = follow(inner, store, known);
    return found.origin === 'camera' && state !== 'trusted' ? none : found;
  }
}

/** What the picture was before: its parent, or the only ingredient of a manifest that says of nothing how it began. */
function baseIngredient(
  ingredients: readonly RawIngredient[],
  actions: readonly { readonly action: string }[],
): RawIngredient | undefined {
  const parent = ingredients.find(({ relationship }) => relationship === 'parentOf');
  if (parent) return parent;
  const created = actions.some(({ action }) => action === 'c2pa.created');
  const only = ingredients.length === 1 ? ingredients[0] : undefined;
  return !created && only?.relationship === 'componentOf' ? only : undefined;
}
