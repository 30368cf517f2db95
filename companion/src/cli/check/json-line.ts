import type { Outcome } from './outcome.ts';

/** One outcome as one line of JSON, without the line break. Its members are a public interface: only add to them. */
export function jsonLine(outcome: Outcome): string {
  const { file } = outcome;
  if ('error' in outcome) {
    const { code, message, nextStep } = outcome.error;
    return JSON.stringify({ file, error: { code, message, nextStep } });
  }
  const { verdict, pack, evidence } = outcome.record;
  return JSON.stringify({
    file,
    verdict: verdict.value,
    probability: verdict.probability,
    confidence: verdict.confidence,
    pack: { name: pack.name, version: pack.version },
    reasons: verdict.reasons,
    evidence,
    caveats: verdict.caveats,
    ms: Math.round(outcome.ms * 10) / 10,
  });
}
