import { isMainThread, setEnvironmentData } from 'node:worker_threads';

/**
 * Silences the model runtime, which otherwise queues events about the computer and the models in the home folder, looks
 * up its maker's host and writes /tmp/mat-debug-PID.log. It reads this variable natively, with getenv, when it loads.
 * Every program imports this file before anything else.
 */
export const TELEMETRY_OFF = { ORT_DISABLE_TELEMETRY: '1' } as const;

/** What threads inherit when they start: a worker's `process.env` is a copy, which says nothing about the process. */
export const SILENCED = 'touchstone:model-runtime-silenced';

// In the main thread an assignment reaches the process itself (setenv), in threads it does not.
if (isMainThread) {
  Object.assign(process.env, TELEMETRY_OFF);
  setEnvironmentData(SILENCED, true);
}
