import { arabicReport } from './texts/arabic.ts';
import { englishReport } from './texts/english.ts';
import { germanReport } from './texts/german.ts';
import type { ReportTexts } from './texts/report-texts.ts';

export const REPORT_LANGUAGES = ['en', 'de', 'ar'] as const;
export type ReportLanguage = (typeof REPORT_LANGUAGES)[number];

const TEXTS: Readonly<Record<ReportLanguage, ReportTexts>> = { en: englishReport, de: germanReport, ar: arabicReport };

export function reportTexts(language: ReportLanguage): ReportTexts {
  return TEXTS[language];
}

/** The first of our languages in an Accept-Language header (RFC 9110, 12.5.4), by its weights; English without one. */
export function acceptedLanguage(header: string | undefined): ReportLanguage {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', weight] = part.trim().split(/\s*;\s*q=/);
      return { language: tag.toLowerCase().split('-')[0], weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  for (const { language } of wanted) {
    const known = REPORT_LANGUAGES.find((one) => one === language);
    if (known) return known;
  }
  return 'en';
}
