import type { Evidence, Provenance, ReasonCode } from '@touchstone/shared';
import { changedKinds } from '@touchstone/shared/present';
import { finding } from '../finding.ts';

/** A trusted signer's word decides; that parts were generated, or an unknown signer's word, only adds to the model's. */
const STRENGTH = { decides: 0.98, parts: 0.6, unknownSigner: 0.5, none: 0 } as const;

/**
 * What the Content Credentials say, as evidence.
 * @param unknownOriginSigner signer of the ingredient that the origin rests on, when that signer is unknown
 * @returns nothing for unreadable and remote ones: those are caveats
 */
export function provenanceEvidence(provenance: Provenance, unknownOriginSigner: string | null): Evidence[] {
  const { state, origin, failures, remoteManifest, trustList } = provenance;
  if (remoteManifest || state === 'unreadable') return [];
  const details: Evidence['details'] = {
    state,
    signer: provenance.signer ?? '?',
    issuer: provenance.issuer,
    claimGenerator: provenance.claimGenerator,
    signedAt: provenance.signedAt,
    ...(trustList && { trustList: trustList.name, trustListDate: trustList.date, interim: trustList.interim }),
  };
  const say = (direction: Evidence['direction'], strength: number, code: ReasonCode): Evidence[] => [
    finding('provenance', direction, strength, code, details),
  ];
  if (state === 'broken') {
    const broken = { ...details, changed: changedKinds(failures).join(', '), failures: failures.join(', ') };
    return [finding('provenance', 'neutral', STRENGTH.none, 'c2pa-broken', broken)];
  }
  const generated = origin === 'ai' || origin === 'ai-parts';
  if (generated && (state === 'unknown-signer' || unknownOriginSigner !== null)) {
    const signer = unknownOriginSigner ?? details.signer ?? '?';
    return [
      finding('provenance', 'ai', STRENGTH.unknownSigner, 'c2pa-ai-unknown-signer', { ...details, signer, origin }),
    ];
  }
  if (state === 'unknown-signer') return say('neutral', STRENGTH.none, 'c2pa-unknown-signer');
  if (origin === 'ai') return say('ai', STRENGTH.decides, 'c2pa-ai');
  if (origin === 'ai-parts') return say('ai', STRENGTH.parts, 'c2pa-ai-parts');
  if (origin === 'camera') return say('camera', STRENGTH.decides, 'c2pa-camera');
  return say('neutral', STRENGTH.none, 'c2pa-other');
}
