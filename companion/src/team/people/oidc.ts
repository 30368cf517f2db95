import { TouchstoneError } from '@touchstone/shared';
import * as client from 'openid-client';
import * as v from 'valibot';

/** How long the provider may take to answer, in seconds. */
const ANSWER_SECONDS = 15;

/** Names under which this machine reaches itself: a provider there may do without TLS. */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

export interface OidcOptions {
  /** As the provider names itself: `https://...`. */
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined for a public client, which PKCE alone protects. */
  readonly clientSecret?: string | undefined;
  /** What people know it as. */
  readonly name: string;
  /** Where it sends the browser back to. */
  readonly redirectUri: string;
}

/** What a browser that was sent to the provider must come back with. */
export const OidcPending = v.object({
  state: v.string(),
  nonce: v.string(),
  verifier: v.string(),
  /** Hash of its secret. */
  invitation: v.nullable(v.string()),
});
export type OidcPending = v.InferOutput<typeof OidcPending>;

/** Who somebody is, in the words of a provider. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
}

export interface Oidc {
  readonly name: string;
  /**
   * @param invitation hash of its secret
   * @returns where the browser goes, and what to keep until it is back @throws TouchstoneError `sign-in-failed`
   */
  begin(invitation: string | undefined): Promise<{ readonly url: string; readonly pending: OidcPending }>;
  /** @param address that the browser came back to @throws TouchstoneError `sign-in-failed` */
  end(address: URL, pending: OidcPending): Promise<Identity>;
}

/** An issuer whose answers nobody between can change. @throws TouchstoneError `config-invalid` */
export function readIssuer(issuer: string): URL {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.includes(url.hostname));
  if (!url || !isSafe) {
    throw new TouchstoneError('config-invalid', `the OpenID Connect issuer ${issuer} is no https:// address`, {
      nextStep: 'Give --oidc-issuer the address that the provider names as its issuer, with https://.',
    });
  }
  return url;
}

/**
 * Signs people in by an OpenID Connect provider: authorization code with PKCE, state and nonce. What it publishes of itself is asked
 * for when it is first needed, so that a provider that is away keeps nobody from a passkey.
 */
export function createOidc({ issuer, clientId, clientSecret, name, redirectUri }: OidcOptions): Oidc {
  const server = readIssuer(issuer);
  let discovered: Promise<client.Configuration> | undefined;

  function configuration(): Promise<client.Configuration> {
    if (discovered) return discovered;
    const asked = client.discovery(
      server,
      clientId,
      undefined,
      clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret),
      { timeout: ANSWER_SECONDS, ...(server.protocol === 'http:' ? { execute: [client.allowInsecureRequests] } : {}) },
    );
    discovered = asked;
    asked.catch(() => {
      discovered = undefined;
    });
    return asked;
  }

  /** What a provider says of an error is for the log alone. */
  async function asked<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw new TouchstoneError('sign-in-failed', String(error), { cause: error });
    }
  }

  return {
    name,
    begin: (invitation) =>
      asked(async () => {
        const known = await configuration();
        const pending = {
          state: client.randomState(),
          nonce: client.randomNonce(),
          verifier: client.randomPKCECodeVerifier(),
          invitation: invitation ?? null,
        };
        const url = client.buildAuthorizationUrl(known, {
          redirect_uri: redirectUri,
          scope: 'openid',
          state: pending.state,
          nonce: pending.nonce,
          code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
          code_challenge_method: 'S256',
        });
        return { url: url.href, pending };
      }),
    end: (address, { state, nonce, verifier }) =>
      asked(async () => {
        const tokens = await client.authorizationCodeGrant(await configuration(), address, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (!claims) throw new Error('no identity came');
        return { issuer: claims.iss, subject: claims.sub };
      }),
  };
}
