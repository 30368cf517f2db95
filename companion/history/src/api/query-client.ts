import { QueryClient } from '@tanstack/react-query';
import { TouchstoneError } from '@touchstone/shared';

/** Attempts after a failure that may pass; a stopped companion is the event stream's business. */
const RETRIES = 2;
/** The list is kept right by live events, so that going back to a filter shows it at once. In milliseconds. */
const FRESH_MS = 60_000;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        refetchOnWindowFocus: false,
        // The companion is on this computer: being off the internet does not matter.
        networkMode: 'always',
        retry: (failures, error) =>
          failures < RETRIES &&
          error instanceof TouchstoneError &&
          error.retryable &&
          error.code !== 'companion-unreachable',
      },
      mutations: { networkMode: 'always' },
    },
  });
}
