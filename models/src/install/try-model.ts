import { TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import { runInChild } from '../child/run-in-child.ts';
import type { PackInput } from '../pack/pack-schema.ts';

/**
 * Time for a foreign model's first run, in milliseconds. The slowest pack we know loads and answers in 4 s on two busy
 * cores; what takes ten times as long is of no use here.
 */
export const TRIAL_LIMIT_MS = 40_000;

const PROGRAM = new URL('./try-model-child.ts', import.meta.url);

/** What the child is asked: to learn an unknown graph's names and golden answer, or to open a pack as the product does. */
export type TrialOrder =
  | { readonly type: 'probe'; readonly path: string; readonly input: Omit<PackInput, 'name'> }
  | { readonly type: 'open'; readonly folder: string; readonly base?: string | undefined };

export const GraphFacts = v.object({
  inputName: v.string(),
  outputName: v.string(),
  /** Numbers a view in that output: 1 or 2. */
  outputs: v.picklist([1, 2]),
  /** What the graph answers, on the CPU, for the golden view of packs/FORMAT.md. */
  golden: v.array(v.number()),
});
export type GraphFacts = v.InferOutput<typeof GraphFacts>;

/** Codes that a trial can end with; whatever else happens in it is the pack's fault too. */
export const REFUSALS = ['pack-invalid', 'telemetry-on'] as const;

const Answer = v.variant('type', [
  v.object({ type: v.literal('facts'), facts: GraphFacts }),
  v.object({ type: v.literal('opened') }),
  v.object({ type: v.literal('refused'), code: v.picklist(REFUSALS), detail: v.optional(v.string()) }),
]);
export type TrialAnswer = v.InferOutput<typeof Answer>;

export interface TrialOptions {
  readonly signal?: AbortSignal | undefined;
  readonly limitMs?: number;
}

export interface PackTrialOptions extends TrialOptions {
  /** Folder of the pack that a head is made for. */
  readonly base?: string | undefined;
}

async function ask(order: TrialOrder, { signal, limitMs = TRIAL_LIMIT_MS }: TrialOptions): Promise<TrialAnswer> {
  const answer = v.parse(Answer, await runInChild(PROGRAM, order, { timeMs: limitMs, signal }));
  if (answer.type === 'refused') throw new TouchstoneError(answer.code, answer.detail);
  return answer;
}

/**
 * Runs an unknown graph once, in a process that is ended when it hangs.
 * @throws TouchstoneError `pack-invalid` where the graph does not take one picture and give one or two numbers, in time
 */
export async function tryGraph(
  path: string,
  input: Omit<PackInput, 'name'>,
  options: TrialOptions = {},
): Promise<GraphFacts> {
  const answer = await ask({ type: 'probe', path, input }, options);
  if (answer.type !== 'facts') throw new TouchstoneError('pack-invalid', 'the model gave no answer');
  return answer.facts;
}

/**
 * Opens a pack and checks its golden answer, in a process that is ended when it hangs.
 * @throws TouchstoneError `pack-invalid`
 */
export async function tryPack(folder: string, { base, ...options }: PackTrialOptions = {}): Promise<void> {
  await ask({ type: 'open', folder, base }, options);
}
