import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a test says that puts others in the place of modules. */
const REPLACES = /\bvi\.(?:do)?[mM]ock\(/;

/**
 * Test files that need a process of their own where the others of a part share theirs: a module that an earlier file has loaded is
 * there already, and would not be replaced.
 * @param {string} folder of the part
 * @returns {string[]} paths from there
 */
export function testsApart(folder) {
  return readdirSync(join(folder, 'src'), { recursive: true })
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.test\.tsx?$/.test(path) && REPLACES.test(readFileSync(join(folder, path), 'utf8')));
}

/** Rooms of the companion that compute and hold nothing: their tests share processes. */
export const PURE_ROOMS = [
  ...['analysis', 'configuration', 'containers', 'evidence', 'faces', 'fingerprint', 'intake', 'lanes', 'metrics'],
  ...['report', 'timeline', 'tokens', 'verdict', 'video', 'views'],
];
