import { DATASET_FAULTS, type DatasetFault, type DatasetFaultKind, MAX_FAULT_FILE } from '../dataset-fault.ts';
import { entryOf } from '../open-code.ts';
import { TouchstoneError } from '../touchstone-error.ts';
import { foreignText } from './foreign-text.ts';
import type { Language } from './languages.ts';
import type { MessageValues } from './message.ts';
import { textOf } from './texts.ts';

/** Where in what was given a fault lies. */
type Place = Partial<Record<'line' | 'count', number>> & { readonly file?: string };

/** What is wrong and what to do, in a language; undefined for what only a newer Touchstone knows, and for a step that is the error's own. */
export function faultWords(
  language: Language,
  { kind, line, file, count }: Omit<DatasetFault, 'text'>,
  locale?: string,
): { readonly sentence: string | undefined; readonly nextStep: string | undefined } {
  const step = entryOf(DATASET_FAULTS, kind);
  if (step === undefined) return { sentence: undefined, nextStep: undefined };
  const values: MessageValues = {
    ...(line !== undefined && { line }),
    ...(file !== undefined && { file }),
    ...(count !== undefined && { count }),
  };
  return {
    sentence: textOf(language, `fault-${kind as DatasetFaultKind}`, values, locale),
    nextStep: step === null ? undefined : textOf(language, `fault-step-${step}`, undefined, locale),
  };
}

/**
 * The error for pictures that cannot be taught from: it tells whoever gave them what is wrong, where, and what to do.
 * @param place names of files as they were given: they are made fit to be shown
 */
export function unusableDataset(kind: DatasetFaultKind, place: Place = {}, cause?: unknown): TouchstoneError {
  const { file, ...rest } = place;
  const told = { kind, ...rest, ...(file !== undefined && { file: foreignText(file, { most: MAX_FAULT_FILE }) }) };
  const { sentence: text = kind, nextStep } = faultWords('en', told);
  return new TouchstoneError('dataset-unusable', text, {
    cause,
    fault: { ...told, text },
    ...(nextStep !== undefined && { nextStep }),
  });
}
