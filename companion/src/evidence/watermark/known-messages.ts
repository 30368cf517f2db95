import { READINGS, type Reading } from './dwt-dct.ts';

/** A fixed message that a generator's own program hides in every picture. */
export interface KnownMessage {
  readonly generator: string;
  readonly bits: Uint8Array;
  /** Equal bits from which on the message counts as found. */
  readonly enough: number;
  readonly readings: readonly Reading[];
}

const fromBits = (text: string): Uint8Array => Uint8Array.from(text, Number);
const fromText = (text: string): Uint8Array =>
  fromBits([...Buffer.from(text)].map((byte) => byte.toString(2).padStart(8, '0')).join(''));

/** Messages and where they are written; see docs/evidence.md for the false alarms that `enough` was chosen by. */
export const KNOWN_MESSAGES: readonly KnownMessage[] = [
  // CompVis/stable-diffusion scripts/txt2img.py
  { generator: 'Stable Diffusion 1', bits: fromText('StableDiffusionV1'), enough: 108, readings: ['bytes'] },
  // Stability-AI/stablediffusion scripts/txt2img.py
  { generator: 'Stable Diffusion 2', bits: fromText('SDV2'), enough: 32, readings: ['bytes'] },
  // Stability-AI/generative-models and the SDXL pipelines of diffusers
  {
    generator: 'Stable Diffusion XL',
    bits: fromBits('101100111110110010010000011110111011000110011110'),
    enough: 43,
    readings: READINGS,
  },
  // black-forest-labs/flux: the two zeros in front of its 48 bits get lost on the way
  {
    generator: 'FLUX',
    bits: fromBits('1010101111111010000111100111001111010100101110'),
    enough: 42,
    readings: READINGS,
  },
  // invoke-ai/InvokeAI invisible_watermark.py
  { generator: 'InvokeAI', bits: fromText('InvokeAI'), enough: 55, readings: ['bytes'] },
];
