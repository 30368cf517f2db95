import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ForensicView } from '@touchstone/shared';
import { useEffect, useState } from 'react';
import { fetchView, type Magnifier } from '../api/evidence.ts';
import { keys } from '../api/query-keys.ts';

/** How long a view that is not shown any more is kept, in milliseconds: each is up to a few megabytes. */
const KEPT_MS = 60_000;

/** One view as an address that an `img` takes; the view before stays until the next is there. */
export function useViewPicture(id: string, view: ForensicView, magnifier?: Magnifier) {
  const place = magnifier ? `${magnifier.x} ${magnifier.y} ${magnifier.zoom}` : '';
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: keys.view(id, view, place),
    queryFn: ({ signal }) => fetchView(id, view, magnifier, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: KEPT_MS,
    retry: false,
    ...(magnifier ? { placeholderData: keepPreviousData } : {}),
  });
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!data) return setAddress(null);
    const made = URL.createObjectURL(data);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  return { address: data ? address : null, error, isLoading: isFetching, retry: () => void refetch() };
}
