import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ProviderReason } from '@touchstone/shared';
import * as v from 'valibot';
import type { Pack } from '../pack/pack-folder.ts';
import { firstLine, ProbeAnswer } from './probe.ts';

/** A driver that has not answered by then is of no use here; software Vulkan needs about 10 s. */
const PROBE_TIMEOUT_MS = 30_000;

/**
 * Largest difference to the pack's golden logit, in logits. Float32 on other hardware differs by under 0.001
 * (SwiftShader: 0.00002), 19-bit tensor cores by about 0.02; stacks that compute wrongly were off by whole logits.
 */
const LOGIT_TOLERANCE = 0.05;

/** An accelerator must be this much faster than the CPU to be worth its memory and its driver's risks. */
const WORTHWHILE_SPEEDUP = 1.2;

export interface ProviderChoice {
  readonly provider: string;
  /** Why this one and no other. */
  readonly reason: ProviderReason;
}

export type Probe = (pack: Pack, provider: string, signal?: AbortSignal) => Promise<ProbeAnswer>;

/** Probes in a child process, so that a driver that crashes or hangs takes nothing with it. */
export const probeInChild: Probe = async (pack, provider, signal) => {
  const script = fileURLToPath(new URL('./probe-child.ts', import.meta.url));
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', script, pack.folder, provider],
      { timeout: PROBE_TIMEOUT_MS, killSignal: 'SIGKILL', ...(signal && { signal }) },
    );
    return v.parse(ProbeAnswer, JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  } catch (error) {
    signal?.throwIfAborted();
    const killed = error instanceof Error && 'killed' in error && error.killed === true;
    return { works: false, failure: killed ? { code: 'no-answer' } : { code: 'crashed', detail: firstLine(error) } };
  }
};

/** Asked of the runtime when it is first needed: to load it takes time that a start has not. */
async function knownAccelerators(): Promise<string[]> {
  const { acceleratorCandidates } = await import('./candidates.ts');
  return acceleratorCandidates();
}

/**
 * Tries every accelerator alone and takes the fastest that computes what the CPU computes.
 * @param wanted one provider to use if it passes; absent: all that the runtime knows
 * @returns the CPU with the reason when none passes; never throws for a provider that fails
 */
export async function chooseProvider(
  pack: Pack,
  wanted?: string,
  { probe = probeInChild, candidates, signal }: { probe?: Probe; candidates?: string[]; signal?: AbortSignal } = {},
): Promise<ProviderChoice> {
  if (wanted === 'cpu') return { provider: 'cpu', reason: { code: 'asked-cpu' } };
  const failures: NonNullable<ProviderReason['failures']> = [];
  const passed: { provider: string; ms: number }[] = [];
  for (const provider of wanted ? [wanted] : (candidates ?? (await knownAccelerators()))) {
    const answer = await probe(pack, provider, signal);
    if (!answer.works) {
      failures.push({ provider, ...answer.failure });
      continue;
    }
    const off = Math.max(...answer.logits.map((logit) => Math.abs(logit - pack.manifest.golden.logit)));
    if (off <= Math.max(LOGIT_TOLERANCE, pack.manifest.golden.tolerance)) passed.push({ provider, ms: answer.ms });
    else failures.push({ provider, code: 'wrong-numbers', detail: `${off.toFixed(2)} logits off` });
  }
  const fastest = passed.sort((a, b) => a.ms - b.ms)[0];
  if (!fastest) {
    if (wanted) return { provider: 'cpu', reason: { code: 'asked-fails', provider: wanted, failures } };
    return {
      provider: 'cpu',
      reason: failures.length > 0 ? { code: 'none-works', failures } : { code: 'none-built-in' },
    };
  }
  const { provider, ms } = fastest;
  if (wanted) return { provider, reason: { code: 'asked', provider } };
  const cpu = await probe(pack, 'cpu', signal);
  if (!cpu.works) return { provider, reason: { code: 'works', provider, ms } };
  const figures = { provider, ms, cpuMs: cpu.ms };
  return cpu.ms < ms * WORTHWHILE_SPEEDUP
    ? { provider: 'cpu', reason: { code: 'not-faster', ...figures } }
    : { provider, reason: { code: 'fastest', ...figures } };
}
