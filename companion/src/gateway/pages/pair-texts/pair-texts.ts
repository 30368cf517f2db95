/** States that the page and the extension give `#touchstone-pairing`, and `absent` and `no-code`, which the page finds itself. */
export const PAIR_STATES = ['waiting', 'absent', 'no-code', 'extension-present', 'paired', 'failed'] as const;

/** Everything that the pairing page says, in one language. `{names}` are filled with elements. */
export interface PairTexts {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly title: string;
  readonly heading: string;
  readonly about: string;
  readonly states: Readonly<Record<(typeof PAIR_STATES)[number], string>>;
  readonly loadHeading: string;
  readonly loadFolder: string;
  /** {address}, {edgeAddress}, {folder} */
  readonly loadChrome: string;
  /** {address}, {file}, {folder} */
  readonly loadFirefox: string;
  /** {reload} */
  readonly loadThen: string;
  readonly reload: string;
  readonly codeHeading: string;
  readonly codeHelp: string;
  readonly withoutScript: string;
}
