import { TouchstoneError } from '@touchstone/shared';
import { addressOf, api, type Check, MAX_FILES_PER_CALL, MAX_WAIT_SECONDS, type Route } from '@touchstone/shared/api';
import type { GatewayContext } from '../context.ts';
import type { Given, Handle } from '../handle.ts';
import type { AcceptChecks } from '../v1/accept-checks.ts';
import type { FileLimits } from '../v1/receive-files.ts';
import { absoluteUrl } from './absolute-url.ts';
import { detectionOf, detectionStateOf, failureOf, predictionOf, videoPredictionOf } from './alias-shapes.ts';

interface UploadAlias<Of extends Route> {
  readonly files: FileLimits;
  readonly waitSeconds: number;
  readonly answer: (checks: readonly Check[]) => Given<Of>;
}

const PICTURE: FileLimits = { most: 1, kinds: ['picture'] };
const VIDEO: FileLimits = { most: 1, kinds: ['video'] };
const EITHER: FileLimits = { most: 1, kinds: ['picture', 'video'] };
const MANY: FileLimits = { ...EITHER, most: MAX_FILES_PER_CALL };

/** @throws TouchstoneError `internal`: a request of one file became one check */
function onlyOf([check]: readonly Check[]): Check {
  if (!check) throw new TouchstoneError('internal', 'no check of one file');
  return check;
}

/** The one check of an address whose shape has no place for a failure. @throws TouchstoneError with the reason of a failure */
function answerable(checks: readonly Check[]): Check {
  const check = onlyOf(checks);
  const failure = failureOf(check);
  if (failure) throw TouchstoneError.fromReport(failure);
  return check;
}

/** The table of the other addresses that take files: which files, how long they wait, and the shape of the answer. */
export function aliasUploads(handle: Handle, context: GatewayContext, acceptChecks: AcceptChecks): void {
  const absolute = (path: string): string => absoluteUrl(path, context);
  const alias = <const Of extends Route>(route: Of, { files, waitSeconds, answer }: UploadAlias<Of>): void =>
    handle(route, async ({ request, reply }) =>
      answer(await acceptChecks({ request, reply, wanted: { fresh: 'false' }, files, waitSeconds })),
    );

  alias(api.aliases.predict, {
    files: PICTURE,
    waitSeconds: MAX_WAIT_SECONDS,
    answer: (checks) => {
      const { record, url } = answerable(checks);
      return predictionOf(record, absolute(url));
    },
  });
  alias(api.aliases.predictBatch, {
    files: MANY,
    waitSeconds: MAX_WAIT_SECONDS,
    answer: (checks) => checks.map((check) => predictionOf(check.record, absolute(check.url), failureOf(check))),
  });
  alias(api.aliases.predictVideo, {
    files: VIDEO,
    waitSeconds: MAX_WAIT_SECONDS,
    answer: (checks) => {
      const { record, url } = answerable(checks);
      return videoPredictionOf(record, absolute(url));
    },
  });
  alias(api.aliases.detect, {
    files: EITHER,
    waitSeconds: MAX_WAIT_SECONDS,
    answer: (checks) => detectionOf(answerable(checks)),
  });
  alias(api.aliases.upload, {
    files: EITHER,
    waitSeconds: 0,
    answer: (checks) => detectionStateOf(onlyOf(checks)),
  });
  alias(api.aliases.infer, {
    files: EITHER,
    waitSeconds: 0,
    answer: (checks) => {
      const { id } = onlyOf(checks);
      return { request_id: id, status_url: absolute(addressOf(api.aliases.status, { params: { id } })) };
    },
  });
}
