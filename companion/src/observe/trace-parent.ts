/** W3C Trace Context, level 1: version 00, trace, span that asks, flags. All zeros name nothing. */
export const TRACE_PARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** What a `traceparent` says; undefined for one that says nothing, which is as if there were none. */
export function parseTraceParent(
  text: string | undefined,
): { readonly traceId: string; readonly spanId: string; readonly flags: number } | undefined {
  if (text === undefined || !TRACE_PARENT.test(text)) return undefined;
  const [, traceId = '', spanId = '', flags = ''] = text.split('-');
  return { traceId, spanId, flags: Number.parseInt(flags, 16) };
}
