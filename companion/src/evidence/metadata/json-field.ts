export type JsonObject = Readonly<Record<string, unknown>>;

/** Larger fields are not parsed: the largest workflows seen are under 1 MB. */
const MAX_JSON_LENGTH = 2 * 1024 * 1024;

/** @returns the object that a text field holds, or undefined for anything else */
export function jsonObject(text: unknown): JsonObject | undefined {
  if (isJsonObject(text)) return text;
  if (typeof text !== 'string' || text.length > MAX_JSON_LENGTH || !/^\s*\{/.test(text)) return undefined;
  try {
    // Python writes NaN and Infinity, which JSON does not know.
    const value: unknown = JSON.parse(text.replace(/(?<=[[:,]\s?)(?:NaN|-?Infinity)(?=\s?[,}\]])/g, 'null'));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How many of the names an object has. */
export function countOf(object: JsonObject | undefined, names: readonly string[]): number {
  return object ? names.filter((name) => Object.hasOwn(object, name)).length : 0;
}
