/**
 * Formatters of the platform, made once for each locale and form: making one costs a hundred times what using it does
 * (0.1 ms and more), and every badge and row uses several.
 */
const known = new Map<string, Intl.NumberFormat>();

/** @param locale BCP 47 tag */
export function numberFormat(locale: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const format = known.get(key) ?? new Intl.NumberFormat(locale, options);
  known.set(key, format);
  return format;
}
