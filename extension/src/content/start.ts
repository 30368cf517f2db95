import { chooseLanguage, type Language } from '../i18n/language.ts';
import { createTranslator } from '../i18n/translator.ts';
import type { BackgroundMessage } from '../messaging/messages.ts';
import { elementAnchor, viewportAnchor } from '../overlay/anchor.ts';
import type { BadgeCorner } from '../overlay/geometry.ts';
import { createInputGate } from '../overlay/input-gate.ts';
import { createOverlay, type Overlay } from '../overlay/overlay.ts';
import { startAutoCheck } from './auto-check/auto-check.ts';
import { createBackgroundLink, type Port } from './background-link.ts';
import { createCheckClient } from './check-client.ts';
import type { PagePictures } from './page-pictures.ts';
import { createPictureChecks, type Subject } from './picture-checks.ts';
import { createScreenshotPause } from './screenshot-pause.ts';

type AutoCheckMessage = Extract<BackgroundMessage, { type: 'auto-check' }>;

const CORNERS: readonly BadgeCorner[] = ['top-start', 'top-end', 'bottom-start', 'bottom-end'];

export interface ContentOptions {
  connect(): Port;
  readonly pictures: PagePictures;
  readonly preferredLanguages: readonly string[];
  /** The extension was removed or updated: this script has no background any more. */
  orphaned(): void;
}

/** Runs the content side of one frame until the signal aborts. The overlay is made when first needed. */
export function startContent(options: ContentOptions, signal: AbortSignal): void {
  const { pictures } = options;
  let language: Language = chooseLanguage('auto', options.preferredLanguages);
  let translator = createTranslator(language);
  let corner: BadgeCorner = 'top-end';
  let overlay: Overlay | undefined;
  let automatic: { readonly stop: AbortController; readonly minimumSide: number; retry(): void } | undefined;

  const gate = createInputGate(signal);
  const theOverlay = () => (overlay ??= createOverlay({ translator, corner }, gate, signal));
  const screenshot = createScreenshotPause((hidden) => overlay?.conceal(hidden));
  const client = createCheckClient(() => link);
  const checks = createPictureChecks(client, theOverlay, () => automatic !== undefined);

  const subjects = new WeakMap<Element, Subject>();
  const subjectOf = (element: Element): Subject => {
    const known = subjects.get(element);
    if (known) return known;
    const subject: Subject = {
      key: element,
      anchor: elementAnchor(element, (node) => overlay?.isOurs(node) ?? false),
      address: () => pictures.address(element),
      async pixels(mayHide) {
        const answer = await pictures.pixels(element);
        if (!answer.rect) return answer;
        // Badges would blink for every picture that scrolls by: no screenshots without being asked.
        if (!mayHide) return {};
        await screenshot.begin();
        // The page may have moved while the overlay went away.
        const rect = pictures.place(element);
        return rect ? { rect } : {};
      },
    };
    subjects.set(element, subject);
    return subject;
  };
  const viewport: Subject = {
    key: viewportAnchor,
    anchor: viewportAnchor(),
    get caption() {
      return translator.text('card-viewport');
    },
    address: () => undefined,
    async pixels() {
      await screenshot.begin();
      const rect = pictures.viewport();
      return rect ? { rect } : {};
    },
  };

  const setLook = (message: AutoCheckMessage) => {
    const next = chooseLanguage(message.language ?? 'auto', options.preferredLanguages);
    if (next !== language) {
      language = next;
      translator = createTranslator(next);
    }
    corner = CORNERS.find((known) => known === message.badgeCorner) ?? corner;
    overlay?.setLook(translator, corner);
  };
  const setAutomatic = ({ enabled, minimumSide }: AutoCheckMessage) => {
    if (automatic && enabled && automatic.minimumSide === minimumSide) {
      automatic.retry();
      return;
    }
    automatic?.stop.abort();
    automatic = undefined;
    if (!enabled) return;
    const stop = new AbortController();
    const running = AbortSignal.any([signal, stop.signal]);
    automatic = { stop, minimumSide, ...startAutoCheck({ minimumSide, pictures, checks, subjectOf }, running) };
  };

  const receive = (message: BackgroundMessage) => {
    // The first answer after a screenshot was asked for means that it is taken.
    if (message.type === 'progress' || message.type === 'result' || message.type === 'error') screenshot.end();
    if (client.receive(message)) return;
    if (message.type === 'check-clicked') {
      const picture = pictures.clicked(message.srcUrl);
      checks.ask(picture ? subjectOf(picture) : viewport);
    } else if (message.type === 'check-viewport') checks.ask(viewport);
    else if (message.type === 'auto-check') {
      setLook(message);
      setAutomatic(message);
    }
  };

  const link = createBackgroundLink(
    () => options.connect(),
    { message: receive, connected: () => client.askAgain(), busy: () => client.busy() || automatic !== undefined },
    () => options.orphaned(),
    signal,
  );

  // Where the background went to sleep, these come before anybody needs it again: the context menu before its choice.
  const wake = () => link.ensure();
  document.addEventListener('contextmenu', wake, { capture: true, signal });
  window.addEventListener('focus', wake, { signal });
  window.addEventListener('pageshow', wake, { signal });
  document.addEventListener('visibilitychange', wake, { signal });
  link.ensure();
}
