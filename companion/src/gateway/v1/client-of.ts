import type { FastifyRequest } from 'fastify';
import { LOCAL_OWNER } from '../../records/owner.ts';

const TOKEN_CLIENT = 'token:';

/** The command line, and whoever holds the control token. */
const CONTROL_CLIENT = 'control';

/** Who sends: clients take turns, and each has keys and listeners of its own. */
export const clientOf = ({ token }: Pick<FastifyRequest, 'token'>): string =>
  token === undefined ? CONTROL_CLIENT : `${TOKEN_CLIENT}${token.id}`;

/** Whose records come of a request: of the person whose session it is; programs work for the one of this computer. */
export const ownerOf = ({ session }: Pick<FastifyRequest, 'session'>): string => session?.owner ?? LOCAL_OWNER;

/** Id of the token that a client is; undefined for the command line. */
export const tokenOfClient = (client: string): string | undefined =>
  client.startsWith(TOKEN_CLIENT) ? client.slice(TOKEN_CLIENT.length) : undefined;
