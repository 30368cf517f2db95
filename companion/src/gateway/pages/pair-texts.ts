import { catalogueOf, type Language, type MessageKey, textOf } from '@touchstone/shared/words';

/** States that the page and the extension give `#touchstone-pairing`, and `absent` and `no-code`, which the page finds itself. */
export const PAIR_STATES = ['waiting', 'absent', 'no-code', 'extension-present', 'paired', 'failed'] as const;

/** Everything that the pairing page says, in one language. `{names}` are filled with elements. */
export function pairTexts(language: Language) {
  const t = (key: MessageKey): string => textOf(language, key);
  return {
    language,
    direction: catalogueOf(language).direction,
    title: t('pairing-page-title'),
    heading: t('pairing-page-heading'),
    about: t('pairing-page-about'),
    states: {
      waiting: t('pairing-page-waiting'),
      absent: t('pairing-page-absent'),
      'no-code': t('pairing-page-no-code'),
      'extension-present': t('pairing-page-extension-present'),
      paired: t('pairing-page-paired'),
      failed: t('pairing-page-failed'),
    },
    loadHeading: t('pairing-page-load-heading'),
    loadFolder: t('pairing-page-load-folder'),
    loadChrome: t('pairing-page-load-chrome'),
    loadFirefox: t('pairing-page-load-firefox'),
    loadThen: t('pairing-page-load-then'),
    reload: t('pairing-page-reload'),
    codeHeading: t('pair-code-label'),
    codeHelp: t('pairing-page-code-help'),
    withoutScript: t('pairing-page-without-script'),
  } as const;
}
