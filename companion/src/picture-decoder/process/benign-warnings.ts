/** Complaints about files that every browser shows whole: known camera and encoder quirks, no lost pixels. */
const BENIGN = [
  // Samsung phones write these spectral-selection values into baseline files.
  /Invalid SOS parameters for sequential JPEG/i,
  // Padding that some encoders put before the end marker (0xd9).
  /extraneous bytes before marker 0xd9/i,
  // Text of a TIFF that ends without a zero, as some scanners and cameras write it.
  /^ASCII value for tag .{1,80} does not end in null byte/i,
  /iCCP: /,
  /(incorrect|unknown|bad) .*(profile|chromaticities|sRGB)/i,
  /Unknown Adobe color transform/i,
];

/** Lines that only repeat where the message comes from. */
const CONTEXT =
  /^\s*$|^(Input (buffer|file) has corrupt header|Vips\w*: out of order read.*|Warning treated as error due to failOn setting|error in tile \d+ x \d+|\w+load_\w+: load error)$/i;

/** The lines of a decoder's message that say what is wrong. @param message of libvips, several lines */
export const complaints = (message: string): string[] => message.split('\n').filter((line) => !CONTEXT.test(line));

/**
 * Whether every line of a decoder's message is harmless, so that the picture may be read less strictly.
 * @param message of libvips, several lines
 */
export function isBenignWarning(message: string): boolean {
  const lines = complaints(message);
  return lines.length > 0 && lines.every((line) => BENIGN.some((pattern) => pattern.test(line)));
}
