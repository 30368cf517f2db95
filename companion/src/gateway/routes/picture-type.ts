/** Media types by the bytes a file starts with. What is not known is offered as a download, never rendered. */
const SIGNATURES: readonly { readonly type: string; readonly offset: number; readonly bytes: readonly number[] }[] = [
  { type: 'image/jpeg', offset: 0, bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/png', offset: 0, bytes: [0x89, 0x50, 0x4e, 0x47] },
  { type: 'image/gif', offset: 0, bytes: [0x47, 0x49, 0x46, 0x38] },
  { type: 'image/webp', offset: 8, bytes: [0x57, 0x45, 0x42, 0x50] },
  { type: 'image/avif', offset: 4, bytes: [0x66, 0x74, 0x79, 0x70, 0x61, 0x76, 0x69] },
  { type: 'image/bmp', offset: 0, bytes: [0x42, 0x4d] },
  { type: 'image/tiff', offset: 0, bytes: [0x49, 0x49, 0x2a, 0x00] },
  { type: 'image/tiff', offset: 0, bytes: [0x4d, 0x4d, 0x00, 0x2a] },
];

/** Content type of a kept picture. */
export function contentTypeOf(picture: Uint8Array): string {
  const known = SIGNATURES.find(({ offset, bytes }) => bytes.every((byte, index) => picture[offset + index] === byte));
  return known?.type ?? 'application/octet-stream';
}
