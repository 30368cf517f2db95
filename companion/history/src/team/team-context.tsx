import { useQuery } from '@tanstack/react-query';
import type { Person } from '@touchstone/shared/api';
import { createContext, type ReactNode, use } from 'react';
import { keys } from '../api/query-keys.ts';
import { isOfTeam } from '../api/session.ts';
import { fetchPerson } from '../api/team.ts';

export interface TeamMember {
  /** Undefined until it is known. */
  readonly person: Person | undefined;
}

const Context = createContext<TeamMember | null>(null);

/** Knows who is signed in, where the page is a team's. */
export function TeamProvider({ children }: { readonly children: ReactNode }) {
  const team = isOfTeam();
  const me = useQuery({ queryKey: keys.person, queryFn: ({ signal }) => fetchPerson(signal), enabled: team });
  return <Context value={team ? { person: me.data } : null}>{children}</Context>;
}

/** Who is signed in at a team's server; null on a person's own computer. */
export const useTeam = (): TeamMember | null => use(Context);
