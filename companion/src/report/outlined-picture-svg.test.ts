import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { outlinedPictureSvg } from './outlined-picture-svg.ts';

const image = { mediaType: 'image/webp', width: 200, height: 100, base64: 'AAAA' } as const;

describe('a picture with outlined faces', () => {
  it('has a dark and a light frame around each, in pixels of the picture', () => {
    const { html } = outlinedPictureSvg(image, [{ x: 0.25, y: 0.1, width: 0.2, height: 0.4 }], 'Picture');
    expect(XMLValidator.validate(html)).toBe(true);
    const frames = html.match(/<rect [^>]*>/g) ?? [];
    expect(frames).toHaveLength(2);
    for (const frame of frames) expect(frame).toContain('x="50.0" y="10.0" width="40.0" height="40.0"');
    expect(frames.map((frame) => /stroke="([^"]*)"/.exec(frame)?.[1])).toEqual(['#000', '#fff']);
  });
});
