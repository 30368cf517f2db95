import { Worker } from 'node:worker_threads';

/** Beyond the parent's own limit, which comes first while the parent is there. */
const GRACE_MS = 5_000;
const LOOK_EVERY_MS = 500;

/** Runs in a thread, so that it works while native code keeps the main thread busy for ever. */
const THREAD = `
const { workerData: { parent, limit } } = require('node:worker_threads');
const end = () => process.kill(process.pid, 'SIGKILL');
setTimeout(end, limit);
setInterval(() => { if (process.ppid !== parent) end(); }, ${LOOK_EVERY_MS});
`;

/**
 * Ends this process when its time is over or its parent has gone: whoever watches from outside may have been ended
 * itself. Told the limit in milliseconds by `runInChild`, as the second argument.
 */
export function watchOverThisProcess(): void {
  const limit = Number(process.argv[3]) + GRACE_MS;
  new Worker(THREAD, { eval: true, workerData: { parent: process.ppid, limit } }).unref();
}
