import type { GatewayContext } from '../context.ts';

/** The whole address of a path of this server, as it works for whoever asks. */
export function absoluteUrl(path: string, { baseUrl }: Pick<GatewayContext, 'baseUrl'>): string {
  return `${baseUrl()}${path}`;
}
