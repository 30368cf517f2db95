import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const script = fileURLToPath(new URL('../fixtures/fuzz-metadata.ts', import.meta.url));

/** Damaged files a run; METADATA_FUZZ=5000 reads as many as the measurement in docs/evidence.md. */
const COUNT = Number(process.env.METADATA_FUZZ ?? 1500);
/** JavaScript's share of the memory, in MiB; reading whole workflows takes some tens. */
const HEAP_MIB = 192;
/** Memory of the whole process, with the picture library; unpacked bombs would take gigabytes. */
const PEAK_KIB = 600 * 1024;
/** Milliseconds on the processor for one file. */
const LIMIT_MS = 2000;

it(`reads ${COUNT} damaged metadata blocks without a crash, a hang or much memory`, { timeout: 600_000 }, async () => {
  const flags = [`--max-old-space-size=${HEAP_MIB}`, '--disable-warning=ExperimentalWarning'];
  const { stdout } = await run(process.execPath, [...flags, script, String(COUNT), '20240503'], { timeout: 590_000 });
  const { read, refused, slowest, peak } = JSON.parse(stdout);
  expect(read + refused).toBe(COUNT + 9);
  // The intake refuses about half; if it refused all, nothing was tested.
  expect(read).toBeGreaterThan(COUNT / 3);
  expect(slowest).toBeLessThan(LIMIT_MS);
  expect(peak).toBeLessThan(PEAK_KIB);
});
