/** Severities that stop a change. */
const GRAVE = new Set(['high', 'critical']);
/** Scripts that a package manager would run at installation. */
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall'];
/** Settings of pnpm that would allow scripts past the list. */
const LOOPHOLES = ['dangerouslyAllowAllBuilds', 'onlyBuiltDependencies', 'onlyBuiltDependenciesFile'];

/**
 * Holds advisories of the registry against the exceptions that the policy names.
 * @param {readonly { id: string, package: string, severity: string, title: string }[]} found
 * @param {readonly { id: string, reason: string, until: string }[]} exceptions `until` is a day, YYYY-MM-DD, that still counts
 * @param {Date} now
 * @returns {string[]} a sentence for each that stops the change
 */
export function graveAdvisories(found, exceptions, now = new Date()) {
  const today = now.toISOString().slice(0, 10);
  const faults = exceptions
    .filter(({ reason, until }) => !reason || !/^\d{4}-\d\d-\d\d$/.test(until ?? ''))
    .map(({ id }) => `The exception for ${id} needs a reason and a day (until, YYYY-MM-DD).`);
  for (const { id, package: name, severity, title } of found) {
    if (!GRAVE.has(severity)) continue;
    const exception = exceptions.find((one) => one.id === id);
    if (exception?.reason && exception.until >= today) continue;
    const expired = exception ? ` (its exception ended on ${exception.until})` : '';
    faults.push(`${name}: ${severity}, ${title}, ${id}${expired}.`);
  }
  return faults;
}

/**
 * @param {string} expression SPDX, such as "(MIT OR CC0-1.0)"; only AND or only OR within one
 * @param {(licence: string) => boolean} isAllowed
 */
export function isLicenceAllowed(expression, isAllowed) {
  const words = expression.replace(/[()]/g, ' ').trim();
  if (/ AND /.test(words) && / OR /.test(words)) return false;
  if (/ OR /.test(words)) return words.split(/ +OR +/).some((one) => isAllowed(one.trim()));
  return words.split(/ +AND +/).every((one) => isAllowed(one.trim()));
}

const matches = (pattern, name) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern);

/**
 * @param {Record<string, readonly { name: string }[]>} byLicence what `pnpm licenses list --json` prints
 * @returns {string[]} a sentence for each package whose licence nobody has agreed to
 */
export function refusedLicences(byLicence, { licences, licencesOfPackages }) {
  return Object.entries(byLicence).flatMap(([expression, packages]) =>
    packages
      .filter(
        ({ name }) =>
          !isLicenceAllowed(
            expression,
            (licence) =>
              licences.includes(licence) ||
              licencesOfPackages.some((one) => one.licence === licence && one.reason && matches(one.package, name)),
          ),
      )
      .map(({ name }) => `${name} has the licence ${expression}, which is not on the list.`),
  );
}

/** @returns {Map<string, boolean>} the list `allowBuilds` of pnpm-workspace.yaml */
export function allowedBuilds(workspaceYaml) {
  const block = /^allowBuilds:\n((?:[ \t]+.*\n|\s*\n)*)/m.exec(`${workspaceYaml}\n`)?.[1] ?? '';
  const lines = [...block.matchAll(/^\s+['"]?([^\s#'":]+(?::[^\s'":]+)?)['"]?:\s*(true|false)\b/gm)];
  return new Map(lines.map(([, name, value]) => [name, value === 'true']));
}

/**
 * @param {string} workspaceYaml text of pnpm-workspace.yaml
 * @param {readonly { name: string, scripts?: Record<string, string> }[]} installed every installed package
 * @param {readonly string[]} agreed packages whose scripts may run
 * @returns {string[]}
 */
export function forbiddenBuilds(workspaceYaml, installed, agreed) {
  const builds = allowedBuilds(workspaceYaml);
  const faults = LOOPHOLES.filter((key) => new RegExp(`^${key}:`, 'm').test(workspaceYaml)).map(
    (key) => `pnpm-workspace.yaml allows scripts by ${key}.`,
  );
  for (const [name, allowed] of builds) {
    if (allowed && !agreed.includes(name)) faults.push(`${name} may run its install script, which nobody agreed to.`);
  }
  const named = installed.filter(({ scripts }) => INSTALL_SCRIPTS.some((script) => scripts?.[script]));
  for (const name of new Set(named.map((one) => one.name))) {
    if (!builds.has(name)) faults.push(`${name} has an install script that pnpm-workspace.yaml does not decide about.`);
  }
  return faults;
}
