import { TouchstoneError } from '@touchstone/shared';
import type { Person } from '@touchstone/shared/api';
import type { FastifyRequest } from 'fastify';

/** @throws TouchstoneError `unauthorized` where nobody is signed in: the door lets nobody as far as a handler then */
export function whoAsks({ person }: FastifyRequest): Person {
  if (!person) throw new TouchstoneError('unauthorized');
  return person;
}
