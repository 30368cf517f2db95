/** Names of this computer alone. */
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

export type TraceEndpoint =
  | { readonly outcome: 'none' }
  | { readonly outcome: 'use'; readonly url: string }
  | { readonly outcome: 'refused'; readonly why: string };

/**
 * Where traces go, by OpenTelemetry's own variable. Only to this computer: what is to leave it is forwarded by the collector there,
 * which a person set up (docs/decisions/0018-traces.md).
 */
export function traceEndpoint(environment: Readonly<Record<string, string | undefined>>): TraceEndpoint {
  const text = environment.OTEL_EXPORTER_OTLP_ENDPOINT?.trim();
  if (!text) return { outcome: 'none' };
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    return { outcome: 'refused', why: 'OTEL_EXPORTER_OTLP_ENDPOINT is no http address, so nothing is traced.' };
  }
  if (!LOOPBACK.has(url.hostname)) {
    const why =
      'OTEL_EXPORTER_OTLP_ENDPOINT names another computer, so nothing is traced: run a collector on this one.';
    return { outcome: 'refused', why };
  }
  url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`;
  return { outcome: 'use', url: url.href };
}
