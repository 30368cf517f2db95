import { TouchstoneError } from '@touchstone/shared';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sniffFormat } from './sniff.ts';

const dot = sharp({ create: { width: 4, height: 4, channels: 3, background: '#639' } });
const ftyp = (...brands: string[]) =>
  Buffer.concat([Buffer.from([0, 0, 0, 8 + 4 * brands.length]), Buffer.from(`ftyp${brands.join('')}`)]);

describe('sniffFormat', () => {
  it.each(['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const)('knows %s as sharp writes it', async (format) => {
    expect(sniffFormat(await dot.clone().toFormat(format).toBuffer())).toBe(format);
  });
  it('knows BMP by its header, not by two letters', () => {
    const bmp = Buffer.alloc(60);
    bmp.write('BM');
    bmp.writeUInt32LE(40, 14);
    expect(sniffFormat(bmp)).toBe('bmp');
    expect(() => sniffFormat(Buffer.from('BM is how this plain text happens to begin'))).toThrow(/not a picture/);
  });
  it.each([
    ['empty-file', Buffer.alloc(0)],
    ['svg-refused', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['svg-refused', Buffer.from('\ufeff<?xml version="1.0"?>\n<!-- drawn -->\n<svg width="1"/>')],
    ['heic-refused', ftyp('heic', '\0\0\0\0', 'mif1', 'heic')],
    ['unsupported-format', ftyp('isom', '\0\0\0\0', 'mp42')],
    ['video-unreadable', Buffer.from('RIFF\x20\0\0\0AVI LIST', 'latin1')],
    ['video-unreadable', Buffer.alloc(188 * 3, Buffer.concat([Buffer.from('G'), Buffer.alloc(187)]))],
    ['video-unreadable', Buffer.alloc(192 * 3, Buffer.concat([Buffer.from('\0\0\0\0G'), Buffer.alloc(187)]))],
    ['video-unreadable', Buffer.from('FLV\x01\x05')],
    ['unsupported-format', Buffer.from('RIFF\x20\0\0\0WAVEfmt ', 'latin1')],
    ['unsupported-format', Buffer.from('G is a letter, not a packet')],
    ['unsupported-format', Buffer.from('%PDF-1.7')],
    ['unsupported-format', Buffer.from('<!doctype html><p>Not found</p>')],
    ['unsupported-format', Buffer.from([0xff])],
  ])('answers %s', (code, bytes) => {
    expect(() => sniffFormat(bytes)).toThrow(expect.objectContaining({ code }));
  });
  it('takes AVIF even when the major brand is the general one', () => {
    expect(sniffFormat(ftyp('mif1', '\0\0\0\0', 'mif1', 'avif'))).toBe('avif');
  });
  it('never throws anything but its own errors', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          sniffFormat(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(TouchstoneError);
        }
      }),
    );
  });
});
