/**
 * What generators write, whole, into fields that also people fill in: XMP and IPTC Credit, EXIF UserComment. Credit names
 * the supplier of a photograph, so that "OpenAI" or "Adobe Firefly" there may be the customer, the agency or a joke; only
 * a phrase that says of this very picture how it was made counts.
 */
export const GENERATOR_PHRASES: readonly (readonly [generator: string, phrase: RegExp])[] = [
  // Credit of Gemini, ImageFX and Pixel Studio; "Edited with Google AI" is written to edited photographs and does not count.
  ['Google AI', /^(?:Made with Google AI|Created by Google Generative AI\.?)$/],
  // Credit of Image Playground, announced in June 2024 as the source that the picture names.
  ['Image Playground', /^Apple Image Playground$/],
  // UserComment of DALL-E 2's own site.
  ['OpenAI', /^Made with OpenAI Labs$/],
  // Credit of Meta AI; both forms are those of the label on its pictures.
  ['Meta AI', /^(?:Made with Meta AI|Imagined with AI)$/],
];
