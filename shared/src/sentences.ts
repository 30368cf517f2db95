/**
 * Every sentence a verdict can carry, by code, in English. Other languages translate by code in the extension and fall
 * back to the English text that travels with the record. No sentence says more than its evidence. `{name}` is filled
 * from the details beside it.
 */
export const SENTENCES = {
  'model-says-ai': 'The model finds patterns here that are typical of generated pictures.',
  'model-says-camera': 'The model finds the patterns that camera pictures have.',
  'model-undecided': 'The model cannot tell this picture apart.',
  'model-leans-ai': 'The model finds more here that is typical of generated pictures, but not enough to decide.',
  'model-leans-camera': 'The model finds more here that camera pictures have, but not enough to decide.',
  'model-outweighed': 'What the model finds does not count here: what the file says about itself weighs more.',
  'model-blind-to-faces':
    'What the model finds in the picture as a whole does not count here: it overlooks swapped faces.',
  'face-blending':
    'A face in this picture shows traces of blending, as a pasted (swapped) face does. Strong compression, retouching and coloured light can do the same.',
  'generator-metadata': 'The file carries the settings that {generator} writes into its own pictures.',
  'declared-ai-source': 'The file declares itself as made by a trained model (IPTC digital source type).',
  'declared-ai-parts': 'The file declares that parts of it were made by a trained model (IPTC digital source type).',
  'camera-metadata': 'The file names a camera ({camera}). Anyone can edit such entries.',
  'seen-same-file': 'You checked the same file before.',
  'seen-similar': 'You checked a nearly identical picture before.',
  'c2pa-ai': 'Content Credentials signed by {signer} say that a trained model made this.',
  'c2pa-ai-parts': 'Content Credentials signed by {signer} say that a trained model made parts of this.',
  'c2pa-camera': 'Content Credentials signed by {signer} say that a camera took this, and it was not changed since.',
  'c2pa-other': 'Content Credentials signed by {signer} are unbroken; they do not say how this was made.',
  'c2pa-ai-unknown-signer':
    'Content Credentials say that a trained model made this or parts of it; their signer ({signer}) is not on the trust list.',
  'c2pa-unknown-signer':
    'The file has unbroken Content Credentials, but their signer ({signer}) is not on the trust list, so they weigh nothing.',
  'c2pa-broken': 'The file was changed after its Content Credentials were signed, so what they say no longer counts.',
  'generator-software': 'The file names {generator} as the software that made it.',
  'china-aigc-label': 'The file carries the label for generated content that Chinese law requires.',
  'watermark-stable-diffusion': 'The pixels carry the invisible watermark that {generator} writes into its pictures.',
  'editor-history': 'The file lists edits made with {software}. Editing says nothing about where a picture came from.',
  'video-looks-generated': 'Most of the frames that were checked look generated.',
  'video-looks-camera': 'The frames that were checked look as if a camera took them.',
  'video-undecided': 'The frames that were checked give no clear answer.',
  'video-leans-ai': 'More of what was seen looks generated than not, but not enough to decide.',
  'video-leans-camera': 'More of what was seen looks as if a camera took it, but not enough to decide.',
  'video-part-generated': 'A part of the video, from {from} to {to}, looks generated; the rest does not.',
  'video-part-differs':
    'A part of the video, from {from} to {to}, looks much more generated than the rest, but not clearly so. Look at it yourself.',
  'video-face-differs': 'A face between {from} and {to} looks generated, more than the picture around it.',
  'video-face-blending':
    'A face between {from} and {to} shows traces of blending, as a pasted (swapped) face does. Strong compression, retouching and coloured light can do the same.',
  'video-blind-to-faces': 'What the frames show as a whole does not count here: swapped faces are overlooked there.',
} as const;

export type ReasonCode = keyof typeof SENTENCES;
export const REASON_CODES = Object.keys(SENTENCES) as [ReasonCode, ...ReasonCode[]];

/** Why a verdict deserves less trust than its number says. */
export const CAVEATS = {
  'small-picture': 'The picture is small; small pictures carry few traces.',
  'very-small-picture': 'The picture is smaller than the model was tested on, so what the model says does not count.',
  'file-contradicts': 'What the file says about itself contradicts itself, so Touchstone does not decide.',
  screenshot: 'The pixels come from a screenshot, not from the original file.',
  'canvas-copy': 'The pixels were read back from the page, not from the original file.',
  'heavily-recompressed': 'The picture was strongly compressed, which hides traces.',
  'flat-graphic': 'This looks like a flat graphic or text, which the model was not made for.',
  'animated-first-frame': 'The file is animated; only its first frame was checked.',
  'video-frame': 'This is a single frame of a video.',
  'models-disagree': 'The quick and the thorough model disagree.',
  'faces-not-finished': 'Not every face in this picture could be looked at closely in the time there is.',
  'no-blending-found':
    'No traces of blending were found in the faces. Most swapped faces show none at this strictness, and re-animated faces and lips are not looked for.',
  'quick-only': 'Only the quick model has looked so far.',
  'provenance-broken':
    'The Content Credentials of this file are broken. That happens with ordinary editing too and proves nothing.',
  'provenance-unreadable': 'The file has Content Credentials that could not be read.',
  'remote-manifest':
    'The file points to Content Credentials on a server. Touchstone never fetches them, so they were not read.',
  'metadata-skipped': "Some of the file's metadata was damaged or too large and was not read.",
  'picture-truncated': 'The file is cut off at its end; a few of its last pixels may be missing.',
  'video-few-frames': 'Only few frames have been seen so far.',
  'video-truncated': 'The video is cut short or damaged; only the part that could be read was checked.',
  'video-sampled': 'The video is long: frames were checked at intervals, so a short insert can be missed.',
  'video-part-seen': 'Only the part of the video that was played was checked.',
  'video-frames-recompressed': 'All video is compressed, which hides traces.',
  'face-swap-not-covered':
    'Swapped or re-animated faces in real footage are often missed: Touchstone looks for generated pictures.',
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
