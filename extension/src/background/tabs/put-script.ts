import { browser } from 'wxt/browser';
import type { ScriptPublicPath } from 'wxt/utils/inject-script';

/** The script that draws; no page may load it, and the manifest names it nowhere. */
const OVERLAY: ScriptPublicPath = '/overlay.js';

/** Files of the content script that runs on every page, as the manifest names them. */
function contentFiles(): ScriptPublicPath[] {
  const scripts = browser.runtime.getManifest().content_scripts ?? [];
  // Names from our own manifest; the build knows them by this type.
  return scripts.filter(({ all_frames }) => all_frames).flatMap(({ js }) => (js ?? []) as ScriptPublicPath[]);
}

async function put(tabId: number, frameId: number, files: ScriptPublicPath[]): Promise<boolean> {
  try {
    // At once: a page may take minutes to load the rest of itself.
    await browser.scripting.executeScript({ target: { tabId, frameIds: [frameId] }, files, injectImmediately: true });
    return true;
  } catch {
    // The browser lets no extension into its own pages, its store and documents it draws itself.
    return false;
  }
}

/** Puts the content script into a frame that was there before the extension. @returns whether the browser let it in */
export function putContentScript(tabId: number, frameId: number): Promise<boolean> {
  return put(tabId, frameId, contentFiles());
}

/** Puts the overlay beside the content script of a frame. @returns whether the browser let it in */
export function putOverlay(tabId: number, frameId: number): Promise<boolean> {
  return put(tabId, frameId, [OVERLAY]);
}
