import type { FastifyRequest } from 'fastify';
import { LOCAL_OWNER } from '../../records/owner.ts';

const TOKEN_CLIENT = 'token:';

/** The command line, and whoever holds the control token. */
const CONTROL_CLIENT = 'control';

/** Somebody in a team. */
export const clientOfPerson = (owner: string): string => `person:${owner}`;

/** Who sends: clients take turns, and each has keys and listeners of its own. */
export function clientOf({ token, owner }: Pick<FastifyRequest, 'token' | 'owner'>): string {
  if (token) return `${TOKEN_CLIENT}${token.id}`;
  return owner === undefined ? CONTROL_CLIENT : clientOfPerson(owner);
}

/** Whose records come of a request: programs and pages without an owner work for the one person of this computer. */
export const ownerOf = ({ owner }: Pick<FastifyRequest, 'owner'>): string => owner ?? LOCAL_OWNER;

/** Id of the token that a client is; undefined for the command line. */
export const tokenOfClient = (client: string): string | undefined =>
  client.startsWith(TOKEN_CLIENT) ? client.slice(TOKEN_CLIENT.length) : undefined;
