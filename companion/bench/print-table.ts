import Table from 'cli-table3';
import type { Measurement } from './statistics.ts';

const shown = (value: number | null): string => (value === null ? '' : value.toPrecision(3));

export function printTable(measurements: readonly Measurement[]): void {
  const table = new Table({ head: ['', 'value', 'unit', 'floor', 'ratio', 'limit', 'n', 'spread'] });
  for (const { name, value, unit, floor, ratio, limit = '', n, spread } of measurements) {
    table.push([name, shown(value), unit, shown(floor), shown(ratio), limit, n, shown(spread)]);
  }
  process.stdout.write(`${table.toString()}\n`);
  for (const bare of new Set(measurements.flatMap((one) => one.bare ?? []))) {
    process.stdout.write(`The bare work is, for each picture, ${bare}\n`);
  }
}
