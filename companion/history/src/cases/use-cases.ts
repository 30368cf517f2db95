import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Case } from '@touchstone/shared';
import { useCallback } from 'react';
import { fetchCases } from '../api/cases.ts';
import { keys } from '../api/query-keys.ts';

/** The cases there are, those changed last first. */
export const useCases = () => useQuery({ queryKey: keys.cases, queryFn: ({ signal }) => fetchCases(signal) });

/** @returns undefined until it is known, or where there is no such case */
export function useCase(id: string | undefined): Case | undefined {
  return useCases().data?.find((one) => one.id === id);
}

/** Has everything asked for again that shows cases, tags or notes; lists are the business of who shows them. */
export async function refreshFiled(client: QueryClient): Promise<void> {
  await Promise.all([keys.cases, keys.facets, keys.records].map((queryKey) => client.invalidateQueries({ queryKey })));
}

/** The same after a change that this page made: the companion's word of it may come later, or not at all. */
export function useRefreshFiled(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(() => refreshFiled(client), [client]);
}
