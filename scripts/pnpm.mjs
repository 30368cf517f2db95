import { commandEnvironment, pnpmCommand, root } from './project.mjs';
import { runInForeground } from './run-in-foreground.mjs';

// The pinned pnpm for the scripts of package.json, whether or not one is installed: `node scripts/pnpm.mjs -r run typecheck`.
const { command, args, shell } = pnpmCommand(process.argv.slice(2));
process.exitCode = await runInForeground(command, args, { cwd: root, env: commandEnvironment(), shell });
