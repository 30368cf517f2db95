import { TouchstoneError } from '@touchstone/shared';
import type { ChangedRecord, RecordChange } from '@touchstone/shared/api';
import type * as v from 'valibot';
import type { GatewayContext } from '../context.ts';

/** Stores what a person says of a record. @throws TouchstoneError `not-found`, of the log */
export async function changeRecord(
  { log, cases }: Pick<GatewayContext, 'log' | 'cases'>,
  id: string,
  { label, note, tags }: RecordChange,
): Promise<v.InferOutput<typeof ChangedRecord>> {
  if (label !== undefined && !(await log.setLabel(id, label))) throw new TouchstoneError('not-found');
  if ((note !== undefined || tags) && !(await cases.annotate(id, { note, tags })))
    throw new TouchstoneError('not-found');
  const changed = await log.get(id);
  if (!changed) throw new TouchstoneError('not-found');
  return { id, label: changed.label, note: changed.note ?? '', tags: changed.tags ?? [] };
}
