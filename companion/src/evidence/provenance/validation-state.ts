import type { ProvenanceState } from '@touchstone/shared';
import type { StatusCodes } from './store-schema.ts';

/** About the certificate or the time stamp, not about the content. */
const CREDENTIAL = /^(signingCredential|timeStamp|timeOfSigning)\./;
/** About a person's identity beside the signature (CAWG), which Touchstone does not show. */
const IDENTITY = /^cawg\./;
/** The store breaks a rule of the standard's form. Says nothing about a change after signing. */
const FORM =
  /^(general\.error|claim\.malformed|claim\.multiple|claim\.cbor\.invalid|algorithm\.|assertion\.(action|ingredient|metadata|timestamp|cloud-data)\.|assertion\.(cbor|json)\.invalid|assertion\.required\.missing|assertion\.(multipleHardBindings|notRequired)|manifest\.)/;

const SIGNED = 'claimSignature.validated';
const BOUND = /^assertion\.(dataHash|bmffHash|boxesHash|collectionHash|multiAssetHash)\.match$/;
const TRUSTED = 'signingCredential.trusted';
/** In the reader's explanation: the list of authorities for signers, and not the one for time stamps. */
const BY_SIGNER_LIST = '[system_anchors]';

/**
 * The reader's words for a hash that leaves out another stretch than the manifest, as cameras of 2023 wrote it. It has
 * the code of a changed file, but nothing was compared.
 */
const NOT_COMPARED = /exclusion does not match the manifest location/;

type Status = NonNullable<StatusCodes['failure']>[number];

/** True when content, claim or signature is not what was signed. */
function saysBroken({ code, explanation }: Status): boolean {
  return !CREDENTIAL.test(code) && !IDENTITY.test(code) && !FORM.test(code) && !NOT_COMPARED.test(explanation ?? '');
}

function breaksForm({ code, explanation }: Status): boolean {
  return FORM.test(code) || NOT_COMPARED.test(explanation ?? '');
}

export interface Validation {
  readonly state: ProvenanceState;
  /** Codes that failed, each once, without those about a person's identity. */
  readonly failures: string[];
}

/**
 * What the status codes of the active manifest, and of the manifests inside it, say of the file as a whole.
 *
 * - `broken`: content, claim, signature or an ingredient's claim is not what was signed;
 * - `unreadable`: nothing contradicts, but signature and content could not both be confirmed, or the store of a
 *   trusted signer breaks the standard's form;
 * - `trusted`: confirmed, well-formed, and an authority of the trust list vouches for the signer at the time of signing;
 * - `unknown-signer`: confirmed, and nobody vouches for the signer (an expired certificate without a time stamp counts here).
 */
export function validationOf(active: StatusCodes, deltas: readonly StatusCodes[]): Validation {
  const all = [...(active.failure ?? []), ...deltas.flatMap((delta) => delta.failure ?? [])];
  const failures = [...new Set(codesOf(all))].filter((code) => !IDENTITY.test(code));
  const confirmed = codesOf(active.success);
  const state = (): ProvenanceState => {
    if (all.some(saysBroken)) return 'broken';
    if (!confirmed.includes(SIGNED) || !confirmed.some((code) => BOUND.test(code))) return 'unreadable';
    if (!isVouchedFor(active)) return 'unknown-signer';
    return (active.failure ?? []).some(breaksForm) ? 'unreadable' : 'trusted';
  };
  return { state: state(), failures };
}

/**
 * Validation state of an ingredient's manifest. The reader reports only where its findings differ from those that the signer
 * recorded, so both are taken together, and the reader's word counts.
 */
export function ingredientStateOf(recorded: StatusCodes, found: StatusCodes): ProvenanceState {
  const failures = [...(recorded.failure ?? []), ...(found.failure ?? [])];
  if (failures.some(saysBroken)) return 'broken';
  if (![...codesOf(recorded.success), ...codesOf(found.success)].includes(SIGNED)) return 'unreadable';
  if (failures.some(({ code }) => CREDENTIAL.test(code))) return 'unknown-signer';
  // Had the reader not found a recorded trust again, it would have reported that as a failure above.
  return isVouchedFor(found) || codesOf(recorded.success).includes(TRUSTED) ? 'trusted' : 'unknown-signer';
}

function isVouchedFor({ success, failure }: StatusCodes): boolean {
  const vouched = (success ?? []).some(
    ({ code, explanation }) => code === TRUSTED && (explanation ?? '').includes(BY_SIGNER_LIST),
  );
  return vouched && !codesOf(failure).some((code) => CREDENTIAL.test(code));
}

function codesOf(statuses: StatusCodes['failure']): string[] {
  return (statuses ?? []).map(({ code }) => code);
}
