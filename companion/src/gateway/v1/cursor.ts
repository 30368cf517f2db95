import { RecordCursor, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';

/** Where a page ended, in a form that says nothing to whoever passes it back. */
export function cursorOf(id: string): string {
  return Buffer.from(id).toString('base64url');
}

/** @returns the id that a cursor was made of @throws TouchstoneError `bad-request` for what is no cursor */
export function idOfCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString();
  if (!v.is(RecordCursor, id) || cursorOf(id) !== cursor)
    throw new TouchstoneError('bad-request', 'cursor: not one of a page');
  return id;
}
