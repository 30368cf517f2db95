import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Person, PersonChange } from '@touchstone/shared/api';
import { keys } from '../../api/query-keys.ts';
import { changePerson } from '../../api/team-people.ts';

/** Changes somebody, and has everything asked for again that tells of people. @param onDone given what they are now */
export function useChangePerson(id: string, onDone: (now: Person) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: PersonChange) => changePerson(id, change),
    onSuccess: (now) => onDone(now),
    // Also where it failed: somebody else may have been faster.
    onSettled: () =>
      Promise.all(
        [keys.people, keys.invitations, keys.person].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
  });
}
