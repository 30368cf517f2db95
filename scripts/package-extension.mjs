import { buildThenRun } from './build-then-run.mjs';

// `npm run package:extension`: what the stores want, in `dist/stores`.
process.exitCode = await buildThenRun('package/extension-main.mjs');
