const CHROMIUM = /^chrome-extension:\/\/[a-p]{32}$/;
const FIREFOX = /^moz-extension:\/\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Whether an Origin header has the form of an extension's. Pages cannot forge it; other extensions can, so this keeps
 * web pages away and the handshake does the rest.
 */
export function isExtensionOrigin(origin: string | undefined): origin is string {
  return origin !== undefined && (CHROMIUM.test(origin) || FIREFOX.test(origin));
}
