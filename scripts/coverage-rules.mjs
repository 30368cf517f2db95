/** Parts of the code that are counted by themselves: a folder, and where its sources lie below it. */
export const PARTS = ['shared', 'models', 'companion', 'companion/history', 'extension'];

/** Percent that a measurement may lie below the floor: which of two racing paths ran is not always the same. */
const SLACK = 0.2;

const share = ({ covered, total }) => (total === 0 ? 100 : (100 * covered) / total);
const rounded = (percent) => Math.floor(percent * 10) / 10;

/**
 * Lines of each part that the tests ran.
 * @param {Record<string, { lines: { covered: number, total: number } }>} summary coverage-summary.json of istanbul
 * @param {string} root absolute folder of the clone, which the summary's paths begin with
 * @returns {Map<string, number>} percent by part; parts without a file are missing
 */
export function coverageOf(summary, root) {
  const counted = new Map();
  for (const [path, { lines }] of Object.entries(summary)) {
    const file = path.slice(root.length + 1).replaceAll('\\', '/');
    const part = PARTS.filter((one) => file.startsWith(`${one}/`)).sort((a, b) => b.length - a.length)[0];
    if (!path.startsWith(root) || !part) continue;
    const sum = counted.get(part) ?? { covered: 0, total: 0 };
    counted.set(part, { covered: sum.covered + lines.covered, total: sum.total + lines.total });
  }
  return new Map([...counted].map(([part, sum]) => [part, share(sum)]));
}

/**
 * @param {Map<string, number>} measured percent by part
 * @param {Record<string, number>} floor percent by part
 * @returns {string[]} a sentence for each part below its floor
 */
export function belowFloor(measured, floor) {
  return [...measured].flatMap(([part, percent]) =>
    percent < (floor[part] ?? 0) - SLACK
      ? [`${part}: ${rounded(percent)} % of the lines are run by tests, ${floor[part]} % were.`]
      : [],
  );
}

/** @returns {Record<string, number>} the floor, raised to what was measured where that is more */
export function raisedFloor(measured, floor) {
  const parts = [...new Set([...Object.keys(floor), ...measured.keys()])].sort();
  return Object.fromEntries(parts.map((part) => [part, Math.max(floor[part] ?? 0, rounded(measured.get(part) ?? 0))]));
}

/**
 * @param {Record<string, number>} floor as it stands
 * @param {readonly Record<string, number>[]} earlier as it was committed before
 * @returns {string[]} a sentence for each part whose floor was lowered
 */
export function loweredFloors(floor, earlier) {
  return PARTS.flatMap((part) => {
    const highest = Math.max(0, ...earlier.map((one) => one[part] ?? 0));
    return (floor[part] ?? 0) < highest ? [`${part}: the floor was ${highest} %, it may only rise.`] : [];
  });
}
