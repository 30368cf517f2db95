import { errorReport, packsInWords, type ResultRecord, sideProbability } from '@touchstone/shared';
import type {
  Check,
  Detection,
  DetectionState,
  InferenceStatus,
  Prediction,
  VideoPrediction,
} from '@touchstone/shared/api';
import { scaleMarks, sideOf, stepAt, stepOf, verdictValueOf } from '@touchstone/shared/present';

/** Why a check has no result and never will; null for any other. */
export const failureOf = ({ state, error }: Check): Check['error'] =>
  state === 'cancelled' ? errorReport('cancelled') : error;

function said(record: ResultRecord | null): Pick<Prediction, 'prediction' | 'confidence'> {
  if (record === null) return { prediction: null, confidence: null };
  const { verdict } = record;
  const confidence = sideProbability(sideOf(stepOf(verdict)), verdict.probability);
  return { prediction: verdict.value, confidence };
}

/** @param resultUrl absolute */
export function predictionOf(record: ResultRecord | null, resultUrl: string, error: Check['error'] = null): Prediction {
  return { ...said(record), result_url: resultUrl, error };
}

/** What is said of a video, frame by frame; of a picture the same without frames. @param resultUrl absolute */
export function videoPredictionOf(record: ResultRecord | null, resultUrl: string): VideoPrediction {
  const { timeline } = record ?? {};
  const marks = scaleMarks(timeline?.thresholds);
  return {
    ...predictionOf(record, resultUrl),
    frames_analyzed: timeline?.framesAnalyzed ?? null,
    frame_predictions:
      timeline?.moments.map(({ time, probability }) => {
        const step = stepAt(probability, marks);
        const confidence = sideProbability(sideOf(step), probability);
        return { timestamp: time, prediction: verdictValueOf(step), confidence };
      }) ?? null,
  };
}

export function detectionOf({ id, record, fileName, bytes, sha256 }: Check): Detection {
  const { prediction, confidence } = said(record);
  return {
    file_id: id,
    is_fake: prediction === null || prediction === 'uncertain' ? null : prediction === 'fake',
    confidence,
    result: prediction,
    confidence_score: confidence,
    confidence_level: record?.verdict.confidence ?? null,
    processing_time_seconds: record === null ? null : record.timings.total / 1000,
    model_version: record === null ? null : packsInWords(record),
    metadata: {
      file_name: fileName,
      bytes,
      sha256,
      format: record?.picture.format ?? null,
      width: record?.picture.width ?? null,
      height: record?.picture.height ?? null,
    },
  };
}

export function detectionStateOf(check: Check): DetectionState {
  return {
    id: check.id,
    status: check.state === 'cancelled' ? 'failed' : check.state,
    error_message: failureOf(check)?.message ?? null,
    result: check.record === null ? null : detectionOf(check),
  };
}

const isoTime = (at: number): string => new Date(at).toISOString();

/** The state of a check as one upper-case word, with what is being done while it is processed. */
function statusWord({ state, stage }: Check): string {
  if (state === 'processing') return `PROCESSING_${(stage ?? 'started').toUpperCase().replace(/[^A-Z]+/g, '_')}`;
  return state === 'cancelled' ? 'FAILED' : state.toUpperCase();
}

/** @param resultUrl absolute */
export function inferenceStatusOf(check: Check, resultUrl: string): InferenceStatus {
  return {
    request_id: check.id,
    status: statusWord(check),
    submitted_at: isoTime(check.acceptedAt),
    last_updated: isoTime(check.endedAt ?? check.startedAt ?? check.acceptedAt),
    result: check.record === null ? null : videoPredictionOf(check.record, resultUrl),
    error: failureOf(check),
  };
}
