import { resolve } from 'node:path';

/** The script in package.json that starts the command line. npm and pnpm change to the clone's root before they run it. */
const SCRIPT = 'touchstone';

/**
 * Where a path that a person typed leads: from the folder they typed it in, also under `npm run touchstone`.
 * Environments are inherited, so the folder is taken only when this very script was started.
 */
export function givenPath(
  path: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const typedIn = environment.npm_lifecycle_event === SCRIPT ? environment.INIT_CWD : undefined;
  return resolve(typedIn ?? process.cwd(), path);
}
