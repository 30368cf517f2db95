import { TouchstoneError } from '@touchstone/shared';
import type { FastifyReply } from 'fastify';
import { contentTypeOf } from './picture-type.ts';

/** Sends a picture's bytes as what they are. @throws TouchstoneError `not-found` without bytes */
export function sendPicture(reply: FastifyReply, bytes: Uint8Array | undefined): FastifyReply {
  if (!bytes) throw new TouchstoneError('not-found');
  // Opened by itself, a picture must never become a document of this origin.
  return reply
    .type(contentTypeOf(bytes))
    .header('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'")
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}
