import type { Observer, WatchedCheck } from '../observe/observer.ts';

/** A request that is traced. */
export interface TracedRequest {
  /** W3C `traceparent` that what the request starts belongs to. */
  readonly trace: string;
  end(status: number): void;
}

/** A check that is done elsewhere, until its end is known here. */
export interface PassedOn {
  /** W3C `traceparent` for whoever does it. */
  readonly trace: string;
  /** @param error absent where it has a record */
  end(error?: unknown): void;
}

/** Spans of what the companion does, sent to a collector that the person named. */
export interface Tracing {
  readonly observer: Observer;
  /**
   * @param route its pattern, never an address; undefined where none fits
   * @param traceParent of whoever asks, as it came
   */
  request(method: string, route: string | undefined, traceParent: string | undefined): TracedRequest;
  /**
   * A check that a worker does: it goes on under what this gives.
   * @param check with the `traceparent` of whoever asks; without one it begins a trace
   */
  passedOn(check: WatchedCheck): PassedOn;
  /** Sends what is left, for a moment, and ends. */
  close(): Promise<void>;
}
