import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOnSampler, BatchSpanProcessor, ParentBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { toErrorReport } from '@touchstone/shared';
import type { Observer } from '../observe/observer.ts';
import { parseTraceParent } from '../observe/trace-parent.ts';
import type { Tracing } from './tracing.ts';

/** A collector that does not answer keeps nobody from stopping for longer. Milliseconds. */
const SEND_LIMIT_MS = 2_000;

/** HTTP status from which a request failed here (RFC 9110, 15.6). */
const FAILED = 500;

/** Spans belong below whoever asked, or begin a trace. */
function contextOf(traceParent: string | undefined): Context {
  const parent = parseTraceParent(traceParent);
  if (!parent) return ROOT_CONTEXT;
  const { traceId, spanId, flags } = parent;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: flags, isRemote: true });
}

function traceParentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags & TraceFlags.SAMPLED ? '01' : '00'}`;
}

/** @param error absent where all went well */
function endWith(span: Span, error: unknown): void {
  if (error !== undefined) {
    span.setAttribute('error.type', toErrorReport(error).code);
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}

/** Wall time of a moment of `performance.now()`, in milliseconds since 1970. */
const wallTime = (moment: number): number => performance.timeOrigin + moment;

/** Traces to an OTLP collector, as JSON over HTTP. Spans carry words of the code and numbers: no address, no name, no byte. */
export function createOtlpTracing(url: string, version: string): Tracing {
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: SEND_LIMIT_MS });
  const provider = new TracerProvider({
    // Only what is given here: a detected resource would name the computer and its user.
    resource: resourceFromAttributes({ 'service.name': 'touchstone', 'service.version': version }),
    sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
    spanProcessors: [new BatchSpanProcessor({ exporter, exportTimeoutMillis: SEND_LIMIT_MS })],
  });
  const tracer = provider.getTracer('touchstone', version);

  function begin(name: string, kind: SpanKind, attributes: Attributes, parent: Context): Span {
    return tracer.startSpan(name, { kind, attributes }, parent);
  }

  const observer: Observer = {
    check({ lane, medium, trace: traceParent }) {
      const attributes = { 'touchstone.lane': lane, 'touchstone.medium': medium };
      const span = begin(`check ${medium}`, SpanKind.INTERNAL, attributes, contextOf(traceParent));
      const own = trace.setSpan(ROOT_CONTEXT, span);
      return {
        stage(stage, startedAt, endedAt) {
          if (stage === 'total') return;
          tracer.startSpan(stage, { startTime: wallTime(startedAt) }, own).end(wallTime(endedAt));
        },
        end(error) {
          endWith(span, error);
        },
      };
    },
    run: () => undefined,
    cache: () => undefined,
  };

  return {
    observer,
    passedOn({ lane, medium, trace: traceParent }) {
      const attributes = { 'touchstone.lane': lane, 'touchstone.medium': medium };
      const span = begin(`pass on ${medium}`, SpanKind.PRODUCER, attributes, contextOf(traceParent));
      return { trace: traceParentOf(span), end: (error) => endWith(span, error) };
    },
    request(method, route, traceParent) {
      const attributes = { 'http.request.method': method, ...(route === undefined ? {} : { 'http.route': route }) };
      const name = route === undefined ? method : `${method} ${route}`;
      const span = begin(name, SpanKind.SERVER, attributes, contextOf(traceParent));
      return {
        trace: traceParentOf(span),
        end(status) {
          span.setAttribute('http.response.status_code', status);
          if (status >= FAILED) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
    close: () => provider.shutdown().catch(() => undefined),
  };
}
