import type { CDPSession, Page } from 'playwright-core';

export interface VirtualAuthenticator {
  /** It is there for as long as this session, and as long as no other of its page ends. */
  readonly devtools: CDPSession;
  /** Passkeys that it holds. */
  count(): Promise<number>;
}

/**
 * Gives the page an authenticator of its own that keeps passkeys and always recognises its person (CDP, WebAuthn). Each page has one
 * of its own, also within one browser.
 */
export async function addAuthenticator(page: Page): Promise<VirtualAuthenticator> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    devtools,
    count: async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
  };
}
