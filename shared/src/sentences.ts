/**
 * Every sentence a verdict can carry, by code, in English. Other languages translate by code in the extension and fall
 * back to the English text that travels with the record. No sentence says more than its evidence. `{name}` is filled
 * from the details beside it.
 */
export const SENTENCES = {
  'model-says-ai': 'The model finds patterns here that are typical of generated pictures.',
  'model-says-camera': 'The model finds the patterns that camera pictures have.',
  'model-undecided': 'The model cannot tell this picture apart.',
  'generator-metadata': 'The file carries the settings that {generator} writes into its own pictures.',
  'declared-ai-source': 'The file declares itself as made by a trained model (IPTC digital source type).',
  'declared-ai-parts': 'The file declares that parts of it were made by a trained model (IPTC digital source type).',
  'camera-metadata': 'The file names a camera ({camera}). Such entries can be edited, so this weighs little.',
  'seen-same-file': 'You checked the same file before.',
  'seen-similar': 'You checked a nearly identical picture before.',
} as const;

export type ReasonCode = keyof typeof SENTENCES;
export const REASON_CODES = Object.keys(SENTENCES) as [ReasonCode, ...ReasonCode[]];

/** Why a verdict deserves less trust than its number says. */
export const CAVEATS = {
  'small-picture': 'The picture is small; small pictures carry few traces.',
  'very-small-picture': 'The picture is smaller than the model was tested on, so Touchstone does not decide.',
  screenshot: 'The pixels come from a screenshot, not from the original file.',
  'canvas-copy': 'The pixels were read back from the page, not from the original file.',
  'heavily-recompressed': 'The picture was strongly compressed, which hides traces.',
  'flat-graphic': 'This looks like a flat graphic or text, which the model was not made for.',
  'animated-first-frame': 'The file is animated; only its first frame was checked.',
  'video-frame': 'This is a single frame of a video.',
  'models-disagree': 'The quick and the thorough model disagree.',
  'quick-only': 'Only the quick model has looked at this picture.',
  'scaled-by-page': 'The page shows a scaled copy; a larger original may exist.',
} as const;

export type CaveatCode = keyof typeof CAVEATS;
export const CAVEAT_CODES = Object.keys(CAVEATS) as [CaveatCode, ...CaveatCode[]];

/**
 * Fills `{name}` places of a sentence from details; unknown places become "?".
 * @param template a sentence of SENTENCES or a translation of it
 */
export function fillSentence(template: string, details: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? '?'));
}
