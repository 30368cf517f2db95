import { writeFileSync } from 'node:fs';

/** Loaded into the companion that is measured (`--import`): tells twice a second where its memory lies. */
const path = process.env.TOUCHSTONE_MEMORY_PROBE;
if (path) setInterval(() => writeFileSync(path, JSON.stringify(process.memoryUsage())), 500).unref();
