import type { Timeline } from '@touchstone/shared';
import { stepOf } from '@touchstone/shared/present';
import type { Outcome } from './outcome.ts';

/** What JSON leaves raw and a terminal obeys: DEL, C1 control characters, line separators. */
const RAW_CONTROLS = /[\u007f-\u009f\u2028\u2029]/g;

/** The same JSON value, harmless when it is printed. */
const escaped = (json: string): string =>
  json.replace(RAW_CONTROLS, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** One outcome as one line of JSON, without the line break. Its members are a public interface: only add to them. */
export function jsonLine(outcome: Outcome): string {
  const { file } = outcome;
  if ('error' in outcome) {
    const { code, message, nextStep } = outcome.error;
    return escaped(JSON.stringify({ file, error: { code, message, nextStep } }));
  }
  const { verdict, pack, together, evidence, timeline } = outcome.record;
  return escaped(
    JSON.stringify({
      file,
      verdict: verdict.value,
      probability: verdict.probability,
      confidence: verdict.confidence,
      leaning: verdict.leaning,
      step: stepOf(verdict),
      pack: { name: pack.name, version: pack.version },
      ...(together && { together }),
      reasons: verdict.reasons,
      evidence,
      caveats: verdict.caveats,
      ms: Math.round(outcome.ms * 10) / 10,
      ...(timeline && videoMembers(timeline)),
    }),
  );
}

/** What only a video has: its frames in order of time, each with its own score. */
function videoMembers({ framesAnalyzed, duration, moments, shots, faceTracks, stoppedEarly, media }: Timeline) {
  return {
    // This line's own name for it from the first, which callers read: it stays, whatever the record calls it.
    frames_analyzed: framesAnalyzed,
    duration,
    frames: moments.map(({ time, probability, low, high, shot }) => ({ time, probability, low, high, shot })),
    shots,
    face_tracks: faceTracks,
    stopped_early: stoppedEarly,
    media,
  };
}
