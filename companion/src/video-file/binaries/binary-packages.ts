/**
 * The packages of the npm registry that hold the video decoder's FFmpeg. A packaged Touchstone comes without them: their
 * FFmpeg is under the GPL, so a person fetches them from their maker (docs/decisions/0004-video-decoding.md). Versions and hashes are those of
 * pnpm-lock.yaml; a test holds both together.
 */
export interface BinaryPackage {
  readonly name: string;
  readonly version: string;
  /** Hash of the packed file, as the registry and the lockfile write it ("sha512-" and base64). */
  readonly integrity: string;
  /** Size of the packed file, in bytes. */
  readonly bytes: number;
}

const VERSION = '6.1.1';

const binary = (system: string, bytes: number, sha512: string): BinaryPackage => ({
  name: `@seydx/node-av-${system}`,
  version: VERSION,
  integrity: `sha512-${sha512}`,
  bytes,
});

/** By platform and processor, as Node names them. */
export const BINARY_PACKAGES: Readonly<Record<string, BinaryPackage>> = {
  'darwin-arm64': binary(
    'darwin-arm64',
    27_651_306,
    'hJ07HDFwz96MI/EY1V89/jVWXMfn/xb/32vocNhAeqnvBRMZio+hDz8lQloGynqv8iow5y9mPb7fOuzt5cW1+w==',
  ),
  'darwin-x64': binary(
    'darwin-x64',
    29_441_041,
    '7sfIEA/KkEMPMbfLlU9pGy34vE5iOpWryBFK87jDXeqLo4hB5p5qx2IDKcKfD6WBzEMk5FJScZz4rlT3J546Og==',
  ),
  'linux-arm64': binary(
    'linux-arm64',
    60_790_372,
    'E5LopQ+LaTGdjmnk3KYsrKF1qRQHT22xVGijUdAcvbScfLTJz2RuJoevKT53cuNupR1gdmRmvnmq+kac4TkDRA==',
  ),
  'linux-x64': binary(
    'linux-x64',
    62_511_159,
    '2HkBkMUSmA+1sP0PN7eFSkNJhbejgJDCXx0w0ZMRlTLqF+snz5ptf/gl/tQye9yER6I4OGW/7WVL5Y2PVneNCA==',
  ),
  'win32-arm64': binary(
    'win32-arm64-msvc',
    39_621_499,
    'gESbRZhCkldciGV+e08PhgJ3Do2PnL1ZY8ZIIDTjutCZdw+lgZigvZGq8jQ+TnsV6Djf1pdcKx3Z2VGnIGId5Q==',
  ),
  'win32-x64': binary(
    'win32-x64-msvc',
    45_206_112,
    'GLjjoOYTqh1rvTzawgBMVKgY+8OIXMyrgD1eIqKLy3L6rWJhGvsbY+kUy15XbatGTFwStTlHK9ovTi2Xj/+9lQ==',
  ),
};

/** @returns the package of this computer; undefined where there is none */
export function binaryPackage(platform = process.platform, processor = process.arch): BinaryPackage | undefined {
  return BINARY_PACKAGES[`${platform}-${processor}`];
}

/** What a person agrees to: the words of the package and of what is in it. */
export const BINARY_LICENCE = 'MIT (node-av), GPL-3.0-or-later (the FFmpeg in it, with x264 and x265)';
/** Where the sources of what is in the package can be had, as its licence wants it. */
export const BINARY_SOURCES = 'https://ffmpeg.org, https://github.com/seydx/node-av';
