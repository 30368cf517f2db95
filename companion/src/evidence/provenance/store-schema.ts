import * as v from 'valibot';

/** The part of the reader's JSON that is used. Everything in it comes from a hostile file, so all is optional. */
const Status = v.object({
  code: v.string(),
  url: v.optional(v.nullable(v.string())),
  explanation: v.optional(v.nullable(v.string())),
});
const Statuses = v.optional(v.nullable(v.array(Status)), []);
const StatusCodes = v.object({ success: Statuses, failure: Statuses });
export type StatusCodes = v.InferOutput<typeof StatusCodes>;

const Resource = v.object({ format: v.optional(v.string()), identifier: v.optional(v.string()) });

const Ingredient = v.object({
  title: v.optional(v.nullable(v.string())),
  format: v.optional(v.nullable(v.string())),
  relationship: v.optional(v.nullable(v.string())),
  active_manifest: v.optional(v.nullable(v.string())),
  label: v.optional(v.nullable(v.string())),
  thumbnail: v.optional(v.nullable(Resource)),
  validation_results: v.optional(v.nullable(v.object({ activeManifest: v.optional(v.nullable(StatusCodes)) }))),
  validation_status: Statuses,
});
export type RawIngredient = v.InferOutput<typeof Ingredient>;

const Action = v.object({
  action: v.string(),
  when: v.optional(v.unknown()),
  softwareAgent: v.optional(v.unknown()),
  digitalSourceType: v.optional(v.unknown()),
});
export type RawAction = v.InferOutput<typeof Action>;

const Assertion = v.object({ label: v.string(), data: v.optional(v.unknown()) });

const GeneratorInfo = v.object({ name: v.optional(v.unknown()), version: v.optional(v.unknown()) });

const Manifest = v.object({
  claim_generator: v.optional(v.nullable(v.string())),
  claim_generator_info: v.optional(v.nullable(v.array(GeneratorInfo)), []),
  ingredients: v.optional(v.nullable(v.array(Ingredient)), []),
  assertions: v.optional(v.nullable(v.array(Assertion)), []),
  signature_info: v.optional(
    v.nullable(
      v.object({
        issuer: v.optional(v.nullable(v.string())),
        common_name: v.optional(v.nullable(v.string())),
        time: v.optional(v.nullable(v.string())),
      }),
    ),
  ),
});
export type RawManifest = v.InferOutput<typeof Manifest>;

export const ManifestStore = v.object({
  active_manifest: v.optional(v.nullable(v.string())),
  manifests: v.optional(v.record(v.string(), Manifest), {}),
  validation_state: v.optional(v.nullable(v.string())),
  validation_results: v.optional(
    v.nullable(
      v.object({
        activeManifest: v.optional(v.nullable(StatusCodes)),
        ingredientDeltas: v.optional(
          v.nullable(v.array(v.object({ ingredientAssertionURI: v.string(), validationDeltas: StatusCodes }))),
          [],
        ),
      }),
    ),
  ),
});
export type ManifestStore = v.InferOutput<typeof ManifestStore>;

const ActionsData = v.object({ actions: v.array(v.unknown()) });

/** Actions of a manifest in their order; what is not formed like an action is left out. */
export function actionsOf(manifest: RawManifest): RawAction[] {
  return (manifest.assertions ?? [])
    .filter(({ label }) => /^c2pa\.actions(\.v2)?(__\d+)?$/.test(label))
    .flatMap(({ data }) => (v.is(ActionsData, data) ? data.actions : []))
    .flatMap((action) => (v.is(Action, action) ? [action] : []));
}
