import { type CaseSharing, type CaseSharingChange, sharing } from '@touchstone/shared/api';
import { client } from './request.ts';

export const fetchSharing = (id: string, signal?: AbortSignal): Promise<CaseSharing> =>
  client.call(sharing.get, { params: { id }, signal });

export const changeSharing = (id: string, change: CaseSharingChange): Promise<CaseSharing> =>
  client.call(sharing.change, { params: { id }, body: change });

/** Everybody else in the team. */
export const fetchColleagues = async (signal?: AbortSignal) =>
  (await client.call(sharing.colleagues, { signal })).people;
