import { formatOf } from '../../intake/sniff.ts';

/** Content type of a kept picture, by its bytes. What is not decoded here is offered as a download, never rendered. */
export function contentTypeOf(picture: Uint8Array): string {
  const format = formatOf(picture);
  return format ? `image/${format}` : 'application/octet-stream';
}
