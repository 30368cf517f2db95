import type { Case, CaseChange, NewCase } from '@touchstone/shared';
import {
  addressOf,
  type CaseRecordsRequest,
  type CaseTakeRequest,
  cases,
  type RecordChange,
  records,
} from '@touchstone/shared/api';
import type { Language } from '@touchstone/shared/words';
import { client } from './request.ts';

export const fetchCases = async (signal?: AbortSignal): Promise<Case[]> =>
  (await client.call(cases.list, { signal })).cases;

/** What a person fills in for a new case. */
export type CaseDraft = Pick<NewCase, 'name' | 'note' | 'tags'>;

export const createCase = (draft: CaseDraft): Promise<Case> => client.call(cases.create, { body: draft });

export const changeCase = (id: string, change: CaseChange): Promise<Case> =>
  client.call(cases.change, { params: { id }, body: change });

export async function deleteCase(id: string): Promise<void> {
  await client.fetch(cases.delete, { params: { id } });
}

export const addToCase = (id: string, body: CaseRecordsRequest): Promise<{ added: number; case: Case }> =>
  client.call(cases.add, { params: { id }, body });

export const takeFromCase = (id: string, body: CaseTakeRequest): Promise<{ taken: number; case: Case }> =>
  client.call(cases.takeAll, { params: { id }, body });

/** Changes note or tags of a record. */
export async function changeRecord(id: string, change: Pick<RecordChange, 'note' | 'tags'>): Promise<void> {
  await client.call(records.change, { params: { id }, body: change });
}

/** Address of the one report of a case. */
export const caseReportAddress = (id: string, language: Language): string =>
  addressOf(cases.report, { params: { id }, query: { language } });

export async function fetchCaseReport(id: string, language: Language): Promise<Blob> {
  return (await client.fetch(cases.report, { params: { id }, query: { language, download: '1' } })).blob();
}
