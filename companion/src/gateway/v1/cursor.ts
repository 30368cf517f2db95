import { RecordCursor, type RecordSort, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import type { RecordPlace } from '../../store/record-store.ts';

/** Where a page ended, in a form that says nothing to whoever passes it back. */
export function cursorOf(id: string): string {
  return Buffer.from(id).toString('base64url');
}

/** Ids of checks: ULIDs, and the UUIDs of a team. */
const CheckCursor = v.union([RecordCursor, v.pipe(v.string(), v.uuid())]);

/** @returns the id of a check that a cursor was made of @throws TouchstoneError `bad-request` for what is no cursor */
export const checkOfCursor = (cursor: string): string => idOfCursor(cursor, CheckCursor);

/** @returns the id that a cursor was made of @throws TouchstoneError `bad-request` for what is no cursor */
function idOfCursor(cursor: string, schema: v.GenericSchema<string> = RecordCursor): string {
  const id = Buffer.from(cursor, 'base64url').toString();
  if (!v.is(schema, id) || cursorOf(id) !== cursor)
    throw new TouchstoneError('bad-request', 'cursor: not one of a page');
  return id;
}

/** Between id and probability. */
const SEPARATOR = ' ';

/** Where a page of records ended in an order. */
export function cursorOfPlace({ id, probability }: RecordPlace, sort: RecordSort): string {
  return cursorOf(sort.endsWith('probability') ? `${id}${SEPARATOR}${probability}` : id);
}

/** @throws TouchstoneError `bad-request` for what is no cursor of a page in this order */
export function placeOfCursor(cursor: string, sort: RecordSort): RecordPlace {
  if (!sort.endsWith('probability')) return { id: idOfCursor(cursor), probability: 0 };
  const [id = '', share = ''] = Buffer.from(cursor, 'base64url').toString().split(SEPARATOR, 2);
  const place = { id, probability: Number(share) };
  if (!v.is(RecordCursor, id) || !Number.isFinite(place.probability) || cursorOfPlace(place, sort) !== cursor)
    throw new TouchstoneError('bad-request', 'cursor: not one of a page in this order');
  return place;
}
