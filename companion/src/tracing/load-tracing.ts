import { traceEndpoint } from './trace-endpoint.ts';
import type { Tracing } from './tracing.ts';

/**
 * Tracing where a person asked for it. Without the variable not even the library is loaded.
 * @param onWarning is told why nothing is traced although it was asked for
 */
export async function loadTracing(
  version: string,
  onWarning: (message: string) => void,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Tracing | undefined> {
  const endpoint = traceEndpoint(environment);
  if (endpoint.outcome === 'refused') onWarning(endpoint.why);
  if (endpoint.outcome !== 'use') return undefined;
  return (await import('./otlp-tracing.ts')).createOtlpTracing(endpoint.url, version);
}
