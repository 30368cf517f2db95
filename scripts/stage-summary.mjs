/**
 * Table of stages for the end of a test run.
 * @param {readonly { name: string, outcome: string, time: string }[]} results
 */
export function summaryTable(results) {
  const width = Math.max(...results.map(({ name }) => name.length));
  const rows = results.map(({ name, outcome, time }) =>
    `${name.padEnd(width)}  ${outcome.padEnd(7)}  ${time}`.trimEnd(),
  );
  const failed = results.find(({ outcome }) => outcome === 'FAILED');
  return [...rows, '', failed ? `Failed at: ${failed.name}` : 'Everything passed.'].join('\n');
}
