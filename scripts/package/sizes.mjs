import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes of every file below a folder. */
export function bytesOf(path) {
  const facts = statSync(path);
  if (!facts.isDirectory()) return facts.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1).padStart(7)} MB`;

/** What takes the room in a program folder, largest first, as lines for a person. */
export function sizeLines(folder, most = 12) {
  const parts = ['node', 'app/models', 'app/companion', 'app/extension', 'app/shared'].map((name) => [
    name,
    bytesOf(join(folder, name)),
  ]);
  const modules = join(folder, 'app/node_modules');
  for (const name of readdirSync(modules)) parts.push([`app/node_modules/${name}`, bytesOf(join(modules, name))]);
  const sorted = parts.toSorted((a, b) => b[1] - a[1]);
  const rest = sorted.slice(most).reduce((sum, [, bytes]) => sum + bytes, 0);
  return [...sorted.slice(0, most), ['everything else', rest], ['together', bytesOf(folder)]].map(
    ([name, bytes]) => `${megabytes(bytes)}  ${name}`,
  );
}
