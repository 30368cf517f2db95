import * as v from 'valibot';
import { ErrorReport } from '../error-report.ts';
import { FiniteNumber } from '../finite-number.ts';
import { MAX_VIDEO_BYTES } from '../limits.ts';
import { Confidence, VerdictValue } from '../verdict.ts';
import { json, type RouteGroup } from './route.ts';
import { FOUND_ERRORS, LOG_ERRORS, MODEL_ERRORS, PICTURE_ERRORS, VIDEO_ERRORS, WORK_ERRORS } from './route-errors.ts';
import { CheckParams } from './v1/checks.ts';
import { queryNumber } from './v1/query.ts';

/** Records that a list may pass over: as many as a list counts. */
const MAX_SKIP = 10_000;

/** Predictions of a list. */
const MAX_LIST = 200;
const LIST = '50';

const probability = v.pipe(FiniteNumber, v.minValue(0), v.maxValue(1));

/** What was said of a file. All of it null while the check goes on, and where it failed. */
export const Prediction = v.object({
  prediction: v.nullable(VerdictValue),
  /** Probability of the side that `prediction` names, or leans to; of the likelier one where neither. */
  confidence: v.nullable(probability),
  /** Absolute address of the check, or of the record, with all that is known. */
  result_url: v.string(),
  /** Only of a batch, where one file fails alone. */
  error: v.nullable(ErrorReport),
});
export type Prediction = v.InferOutput<typeof Prediction>;

export const VideoPrediction = v.object({
  ...Prediction.entries,
  frames_analyzed: v.nullable(FiniteNumber),
  frame_predictions: v.nullable(
    v.array(
      v.object({
        /** Seconds into the video. */
        timestamp: FiniteNumber,
        prediction: VerdictValue,
        confidence: probability,
      }),
    ),
  ),
});
export type VideoPrediction = v.InferOutput<typeof VideoPrediction>;

/** One prediction a file, in the order in which they were sent, or newest first. */
export const PredictionList = v.array(Prediction);

export const PredictionListQuery = v.strictObject({
  skip: v.optional(queryNumber(0, MAX_SKIP), '0'),
  limit: v.optional(queryNumber(1, MAX_LIST), LIST),
});

/** What was said of a file, in one flat object. What belongs to the result is null while the check goes on. */
export const Detection = v.object({
  /** Id of the check under /v1/checks. */
  file_id: v.string(),
  /** Null also where the verdict is "uncertain": it accuses nobody. */
  is_fake: v.nullable(v.boolean()),
  /** Probability of the side that `result` names, as `confidence_score`. */
  confidence: v.nullable(probability),
  result: v.nullable(VerdictValue),
  confidence_score: v.nullable(probability),
  confidence_level: v.nullable(Confidence),
  processing_time_seconds: v.nullable(FiniteNumber),
  /** Every pack that had a say, with its version. */
  model_version: v.nullable(v.string()),
  metadata: v.object({
    file_name: v.nullable(v.string()),
    bytes: FiniteNumber,
    /** Lower-case hex. */
    sha256: v.string(),
    format: v.nullable(v.string()),
    width: v.nullable(FiniteNumber),
    height: v.nullable(FiniteNumber),
  }),
});
export type Detection = v.InferOutput<typeof Detection>;

/** A file that was sent, and how far its check is. */
export const DetectionState = v.object({
  /** For `/api/v1/detection/{id}/process`. */
  id: v.string(),
  status: v.picklist(['pending', 'processing', 'completed', 'failed']),
  error_message: v.nullable(v.string()),
  /** Null until it is completed. */
  result: v.nullable(Detection),
});
export type DetectionState = v.InferOutput<typeof DetectionState>;

export const Inference = v.object({
  request_id: v.string(),
  /** Absolute; needs the same token. */
  status_url: v.string(),
});

export const InferenceStatus = v.object({
  request_id: v.string(),
  /** PENDING, PROCESSING_ with what is being done, COMPLETED or FAILED. */
  status: v.pipe(v.string(), v.regex(/^(?:PENDING|PROCESSING_[A-Z_]+|COMPLETED|FAILED)$/)),
  /** ISO 8601, UTC. */
  submitted_at: v.string(),
  last_updated: v.string(),
  result: v.nullable(VideoPrediction),
  error: v.nullable(ErrorReport),
});
export type InferenceStatus = v.InferOutput<typeof InferenceStatus>;

const FILES = { kind: 'file', maxBytes: MAX_VIDEO_BYTES } as const;
const ACCEPT_ERRORS = [
  'empty-file',
  'recording-paused',
  'request-in-flight',
  'key-reused',
  ...WORK_ERRORS,
  ...LOG_ERRORS,
] as const;
const ENDED_ERRORS = [...ACCEPT_ERRORS, 'file-unreadable', 'job-set-aside', ...MODEL_ERRORS] as const;

/** Addresses and shapes of the founding documents: other words for checks and records of /v1, with the same tokens. */
export const aliases = {
  predict: {
    method: 'POST',
    path: '/predict',
    access: 'check',
    summary:
      'Checks a picture and waits a minute for its result, as `POST /v1/checks?wait=60`; 202 where it takes longer.',
    body: FILES,
    answer: json(Prediction),
    accepts: true,
    errors: [...new Set([...ENDED_ERRORS, ...PICTURE_ERRORS])],
  },
  predictBatch: {
    method: 'POST',
    path: '/predict/batch',
    access: 'check',
    summary: 'Checks up to 64 pictures and videos in the same way; each fails alone.',
    body: FILES,
    answer: json(PredictionList),
    accepts: true,
    errors: ACCEPT_ERRORS,
  },
  predictVideo: {
    method: 'POST',
    path: '/predict/video',
    access: 'check',
    summary: 'Checks a video in the same way, and tells its frames.',
    body: FILES,
    answer: json(VideoPrediction),
    accepts: true,
    errors: [...new Set([...ENDED_ERRORS, ...VIDEO_ERRORS])],
  },
  predictions: {
    method: 'GET',
    path: '/predictions',
    access: 'read',
    summary: 'What was said of files, newest first, as `GET /v1/records`; `skip` passes over that many.',
    query: PredictionListQuery,
    answer: json(PredictionList),
    errors: LOG_ERRORS,
  },
  detect: {
    method: 'POST',
    path: '/detect',
    access: 'check',
    summary: 'Checks a picture or a video as `POST /v1/checks?wait=60`; 202 where it takes longer.',
    body: FILES,
    answer: json(Detection),
    accepts: true,
    errors: [...new Set([...ENDED_ERRORS, ...PICTURE_ERRORS, ...VIDEO_ERRORS])],
  },
  upload: {
    method: 'POST',
    path: '/api/v1/detection/upload',
    access: 'check',
    summary: 'Accepts a picture or a video, as `POST /v1/checks`; its check begins at once.',
    body: FILES,
    answer: json(DetectionState),
    accepts: true,
    errors: ACCEPT_ERRORS,
  },
  process: {
    method: 'POST',
    path: '/api/v1/detection/:id/process',
    access: 'check',
    summary: 'Waits a minute for the check of an uploaded file; 202 where it takes longer.',
    params: CheckParams,
    answer: json(DetectionState),
    accepts: true,
    errors: FOUND_ERRORS,
  },
  infer: {
    method: 'POST',
    path: '/v1/infer',
    access: 'check',
    summary: 'Accepts a picture or a video, as `POST /v1/checks`, and says where to ask for its result.',
    body: FILES,
    answer: json(Inference, 202),
    errors: ACCEPT_ERRORS,
  },
  status: {
    method: 'GET',
    path: '/v1/status/:id',
    access: 'check',
    summary: 'How far an accepted file is, as `GET /v1/checks/:id`.',
    params: CheckParams,
    answer: json(InferenceStatus),
    errors: FOUND_ERRORS,
  },
} as const satisfies RouteGroup;
