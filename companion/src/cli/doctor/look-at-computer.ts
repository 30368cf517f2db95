import { createServer } from 'node:net';
import { COMPANION_VERSION } from '../../records/companion-version.ts';
import { systemCode } from '../../settings/folder-trouble.ts';
import { broken, brokenBy, type Finding, ok, type Subject, warning } from './diagnosis.ts';

/** Below this a companion stops recording before long: a day of checks with originals has some hundred megabytes. */
const FEW_BYTES = 512 * 1024 * 1024;
/** Below this not even one video can be received. */
const NO_BYTES = 64 * 1024 * 1024;
const MEGABYTE = 1024 * 1024;
/** The first version of Node.js that runs TypeScript without a flag and has SQLite. */
const LEAST_NODE_MAJOR = 24;

/** @returns the system's code where the port cannot be listened on */
function refusalOf(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(systemCode(error) ?? String(error)));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/** Whether a companion would start with what flags, environment and config.json say. */
export async function lookAtConfiguration({ configuration }: Subject): Promise<Finding> {
  return configuration === undefined ? ok('Every setting that is given is valid.') : brokenBy(configuration);
}

/** Whether extension and companion can meet. */
export async function lookAtPort({ link, port }: Subject): Promise<Finding> {
  if (link) {
    return link.port === port || port === 0
      ? ok(`The companion answers on port ${link.port}.`)
      : warning(
          `The companion answers on port ${link.port}, but ${port} is what it would take now.`,
          'Stop it and start it again, or unset TOUCHSTONE_PORT.',
        );
  }
  const refusal = await refusalOf(port);
  if (refusal === undefined) return ok(`Port ${port} is free; no companion is running.`);
  return broken(
    `Port ${port} cannot be used (${refusal}).`,
    refusal === 'EADDRINUSE'
      ? 'Another program listens there. End it, or start with TOUCHSTONE_PORT set to another number.'
      : 'Start with TOUCHSTONE_PORT set to a number from 1024 to 65535.',
  );
}

/** Whether there is room for what will be recorded. */
export async function lookAtDisk({ home, freeBytes }: Subject): Promise<Finding> {
  const free = await freeBytes(home);
  const text = `${Math.floor(free / MEGABYTE)} MB are free where the data folder lies.`;
  const nextStep = 'Free some space, or move the data folder: set TOUCHSTONE_HOME.';
  if (free < NO_BYTES) return broken(text, nextStep);
  return free < FEW_BYTES ? warning(text, nextStep) : ok(text);
}

/** Whether the parts are of one release. */
export async function lookAtVersions({ link, nodeVersion }: Subject): Promise<Finding> {
  const major = Number(nodeVersion.split('.')[0]);
  if (!(major >= LEAST_NODE_MAJOR)) {
    return broken(
      `Node.js ${nodeVersion} runs this; Touchstone needs ${LEAST_NODE_MAJOR} or newer.`,
      'Start through "npm start" or "npm run touchstone": both bring the right one.',
    );
  }
  if (link && link.status.version !== COMPANION_VERSION) {
    return broken(
      `The running companion is version ${link.status.version}, this folder holds ${COMPANION_VERSION}.`,
      'Run "npm run touchstone stop", then "npm start".',
    );
  }
  return ok(`Touchstone ${COMPANION_VERSION} on Node.js ${nodeVersion}.`);
}
