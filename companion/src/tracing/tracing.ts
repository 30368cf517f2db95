import type { Observer } from '../observe/observer.ts';

/** A request that is traced. */
export interface TracedRequest {
  /** W3C `traceparent` that what the request starts belongs to. */
  readonly trace: string;
  end(status: number): void;
}

/** Spans of what the companion does, sent to a collector that the person named. */
export interface Tracing {
  readonly observer: Observer;
  /**
   * @param route its pattern, never an address; undefined where none fits
   * @param traceParent of whoever asks, as it came
   */
  request(method: string, route: string | undefined, traceParent: string | undefined): TracedRequest;
  /** Sends what is left, for a moment, and ends. */
  close(): Promise<void>;
}
