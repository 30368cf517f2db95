import pc from 'picocolors';

/** Lines of "name  value" with the values under each other. */
export function factLines(facts: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...facts.map(([name]) => name.length)) + 2;
  return facts.map(([name, value]) => `${pc.bold(name.padEnd(width))}${value}\n`).join('');
}
