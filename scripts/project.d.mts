export const root: string;
export function projectNode(folder?: string): string | undefined;
export function pnpmCommand(
  args: readonly string[],
  environment?: NodeJS.ProcessEnv,
): { command: string; args: string[]; shell: boolean };
export function commandEnvironment(environment?: NodeJS.ProcessEnv): NodeJS.ProcessEnv;

/** Where Node keeps compiled code. */
export const COMPILE_CACHE: string;
