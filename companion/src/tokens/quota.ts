/** Requests of one token in one window; far above what a program on this computer needs, far below what harms. */
export const QUOTA_REQUESTS = 6_000;
export const QUOTA_WINDOW_SECONDS = 60;

/** What is left of a window. */
export interface Allowance {
  readonly remaining: number;
  /** Whole seconds until the window is new, at least 1. */
  readonly resetSeconds: number;
  readonly exceeded: boolean;
}

export interface Quota {
  /** Counts a request of whoever has this id. */
  take(id: string): Allowance;
}

/**
 * Counts requests in windows that begin with the first request of each client.
 * @param now milliseconds of a clock that only goes forward
 */
export function createQuota(
  limit = QUOTA_REQUESTS,
  windowSeconds = QUOTA_WINDOW_SECONDS,
  now: () => number = () => performance.now(),
): Quota {
  const windows = new Map<string, { readonly endsAt: number; taken: number }>();
  return {
    take(id) {
      const at = now();
      const current = windows.get(id);
      const window = current && current.endsAt > at ? current : { endsAt: at + windowSeconds * 1000, taken: 0 };
      windows.set(id, window);
      window.taken += 1;
      return {
        remaining: Math.max(0, limit - window.taken),
        resetSeconds: Math.max(1, Math.ceil((window.endsAt - at) / 1000)),
        exceeded: window.taken > limit,
      };
    },
  };
}

/** The fields `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-11). */
export function quotaHeaders({ remaining, resetSeconds }: Allowance): Readonly<Record<string, string>> {
  return {
    'ratelimit-policy': `"token";q=${QUOTA_REQUESTS};w=${QUOTA_WINDOW_SECONDS}`,
    ratelimit: `"token";r=${remaining};t=${resetSeconds}`,
  };
}
