import { buildThenRun } from './build-then-run.mjs';

// `npm run package`: the packages of this platform, in `dist`.
process.exitCode = await buildThenRun('package/main.mjs');
