import type { GatewayContext } from '../context.ts';

/** The whole address of a path of this companion, as it works on this computer. */
export function absoluteUrl(path: string, { boundPort }: Pick<GatewayContext, 'boundPort'>): string {
  return `http://127.0.0.1:${boundPort()}${path}`;
}
