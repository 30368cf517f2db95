/**
 * @typedef {{ code: string, message: string, file?: string, line?: number }} Finding
 * @typedef {{ code: string, file: string, reason: string }} Accepted `file` is the beginning of the name; the rest is a hash
 */

const lineOf = ({ code, message, file, line }) =>
  `${code}${file ? ` in ${file}${line === undefined ? '' : `:${line}`}` : ''}: ${message}`;

/**
 * Holds what Mozilla's linter found against what is accepted, each with a reason (scripts/extension-lint-policy.json). Errors are never
 * accepted, and what is accepted must still be found: the list would otherwise hide the next one.
 * @param {{ errors: readonly Finding[], warnings: readonly Finding[] }} found
 * @param {readonly Accepted[]} accepted
 * @returns {string[]} faults, in sentences
 */
export function lintFaults({ errors, warnings }, accepted) {
  const isAbout = (one, { code, file = '' }) => one.code === code && file.startsWith(one.file);
  return [
    ...errors.map((error) => `Error ${lineOf(error)}`),
    ...warnings
      .filter((warning) => !accepted.some((one) => isAbout(one, warning)))
      .map((one) => `Warning ${lineOf(one)}`),
    ...accepted
      .filter((one) => !warnings.some((warning) => isAbout(one, warning)))
      .map(({ code, file }) => `The linter warns no more of ${code} in ${file}: take it out of the accepted ones.`),
  ];
}

/**
 * Mozilla's linter of extensions, as addons.mozilla.org and "web-ext lint" run it.
 * @param {string} path folder of a built extension, or its zip
 */
export async function lintExtension(path) {
  // Only where it is wanted: it reads a megabyte of rules.
  const { createInstance } = await import('addons-linter');
  const linter = createInstance({
    config: {
      _: [path],
      logLevel: 'fatal',
      output: 'none',
      minManifestVersion: 3,
      maxManifestVersion: 3,
      enableDataCollectionPermissions: true,
      shouldScanFile: () => true,
    },
    runAsBinary: false,
  });
  const { errors, warnings, notices } = await linter.run();
  return { errors, warnings, notices };
}
