/**
 * The line of settings that the Stable Diffusion web interfaces write: "Steps: 20, Sampler: Euler a, CFG scale: 7,
 * Seed: 123". Two of the others must stand beside the steps; a caption or a recipe has none.
 */
export function isSamplingSettings(text: string | undefined): boolean {
  if (!text || !/(^|\n|,\s*)Steps: \d+,/.test(text)) return false;
  return [/\bSampler: \w/, /\bCFG scale: [\d.]+/, /\bSeed: \d+/].filter((pattern) => pattern.test(text)).length >= 2;
}

/** Which of the programs that share the format it was, by what it says of its version. */
export function settingsProgram(text: string): string {
  if (/\bVersion: Fooocus/.test(text)) return 'Fooocus';
  if (/\bApp: SD\.Next\b/.test(text)) return 'SD.Next';
  if (/\bVersion: f\d/.test(text)) return 'Stable Diffusion WebUI Forge';
  if (/\bCivitai resources: \[/.test(text)) return 'Civitai';
  return 'Stable Diffusion WebUI';
}
