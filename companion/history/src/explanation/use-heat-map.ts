import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { explainRecord } from '../api/evidence.ts';
import { keys } from '../api/query-keys.ts';

/** The heat map of one record, asked for when it is first shown and kept for the visit. */
export function useHeatMap(id: string) {
  const [shownFor, setShownFor] = useState<string | null>(null);
  const shown = shownFor === id;
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: keys.explanation(id),
    queryFn: ({ signal }) => explainRecord(id, signal),
    enabled: shown,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return {
    shown,
    setShown: (on: boolean) => setShownFor(on ? id : null),
    explanation: shown ? data : undefined,
    error: shown ? error : null,
    isLoading: shown && isFetching && !data,
    retry: () => void refetch(),
  };
}

export type HeatMap = ReturnType<typeof useHeatMap>;
