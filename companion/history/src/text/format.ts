import { numberFormat } from '@touchstone/shared/words';
import { dateFormat } from './formatters.ts';

/** Time of day for today, weekday and time for the last six days, else the date. */
export function formatWhen(locale: string, at: number, now: number): string {
  const age = startOfDay(now) - startOfDay(at);
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
  if (age <= 0) return dateFormat(locale, time).format(at);
  if (age < 6.5 * 86_400_000) return dateFormat(locale, { weekday: 'short', ...time }).format(at);
  return dateFormat(locale, { dateStyle: 'medium' }).format(at);
}

export function formatMoment(locale: string, at: number): string {
  return dateFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(at);
}

export function formatDay(locale: string, day: string): string {
  return dateFormat(locale, { dateStyle: 'medium' }).format(new Date(`${day}T12:00:00`));
}

/** Bytes in the unit that keeps the number short. */
export function formatBytes(locale: string, bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : bytes < 1_000_000_000 ? 2 : 3;
  const options = { style: 'unit', unit: units[step] ?? 'byte', maximumFractionDigits: step >= 2 ? 1 : 0 } as const;
  return numberFormat(locale, options).format(bytes / 1000 ** step);
}

/** A place in a video: `m:ss.s`, with hours from one hour on. @param seconds 0 or more */
export function formatTimecode(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  const minutes = Math.floor(tenths / 600);
  const rest = ((tenths - minutes * 600) / 10).toFixed(1).padStart(4, '0');
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}

/** A length of time in its largest fitting unit: `12 s`, `3 min`, `2 h`. @param seconds 0 or more */
export function formatSpan(locale: string, seconds: number): string {
  const [unit, size] =
    seconds < 100 ? (['second', 1] as const) : seconds < 6000 ? (['minute', 60] as const) : (['hour', 3600] as const);
  return numberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 0 }).format(
    Math.max(1, Math.round(seconds / size)),
  );
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
