import { getEnvironmentData, isMainThread } from 'node:worker_threads';
import { TouchstoneError } from '@touchstone/shared';
import { SILENCED, TELEMETRY_OFF } from './telemetry-off.ts';

/**
 * Whether the process itself, not this thread's copy of its environment, tells the runtime to be silent.
 * @throws TouchstoneError `telemetry-on`
 */
const silent = isMainThread
  ? process.env.ORT_DISABLE_TELEMETRY === TELEMETRY_OFF.ORT_DISABLE_TELEMETRY
  : getEnvironmentData(SILENCED) === true;
if (!silent) {
  throw new TouchstoneError('telemetry-on', 'this thread was started before its program imported telemetry-off.ts');
}
