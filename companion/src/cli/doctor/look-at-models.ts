import { listPacks, verifyPackFiles } from '@touchstone/models';
import { TouchstoneError } from '@touchstone/shared';
import { providerReasonText } from '@touchstone/shared/words';
import { LIST_FILES, type ListRole, loadTrustList, trustFolder } from '../../evidence/provenance/trust-lists.ts';
import { choosePack } from '../../packs/choose-pack.ts';
import { broken, brokenBy, type Finding, ok, type Subject, warning } from './diagnosis.ts';

const NO_CHOICE = { quickPack: null, thoroughPack: null };

/** Whether every file of every pack is the one that its pack.json names. */
export async function lookAtHashes({ packFolders }: Subject): Promise<Finding> {
  const { packs, refused } = await listPacks(packFolders);
  const faults = refused.map(({ folder, reason }) => `${folder}: ${reason}`);
  const onlyBases = () =>
    faults.length === refused.length && refused.every(({ baseMissing }) => baseMissing !== undefined);
  for (const pack of packs.values()) {
    await verifyPackFiles(pack).catch((error: unknown) => {
      const reason = error instanceof TouchstoneError ? (error.detail ?? error.message) : String(error);
      faults.push(`${pack.folder}: ${reason}`);
    });
  }
  if (packs.size === 0 && faults.length === 0) return brokenBy(new TouchstoneError('pack-unknown', 'no pack at all'));
  return faults.length === 0
    ? ok(`${packs.size} model packs have the files that they name.`)
    : broken(`${faults.join('; ')}.`, new TouchstoneError(onlyBases() ? 'base-missing' : 'pack-invalid').nextStep);
}

/** Whether the models run where they were asked to. */
export async function lookAtProvider({ link, provider, packFolders, chooseProvider }: Subject): Promise<Finding> {
  if (link) return ok(`The models run on ${link.status.provider}. ${link.status.providerReason}`);
  if (!provider) return ok('The fastest provider that computes right is chosen at the start.');
  const { packs } = await listPacks(packFolders);
  const pack = choosePack(packs, 'quick', NO_CHOICE);
  if (!pack) return brokenBy(new TouchstoneError('pack-unknown', 'no quick pack to try it with'));
  const choice = await chooseProvider(pack, provider);
  return choice.provider === provider
    ? ok(providerReasonText(choice.reason, 'en'))
    : broken(
        providerReasonText(choice.reason, 'en'),
        'Unset TOUCHSTONE_PROVIDER, so that a provider that works is chosen.',
      );
}

/** Whether video files can be read; everything else works without. */
export async function lookAtVideo({ videoDecoderLoads }: Subject): Promise<Finding> {
  if (await videoDecoderLoads()) return ok('Video files can be read.');
  const { message, nextStep } = new TouchstoneError('video-decoder-missing');
  return warning(message, nextStep);
}

/** Whether the lists of whom to trust with Content Credentials can be read. */
export async function lookAtTrustLists({ home }: Subject): Promise<Finding> {
  try {
    let certificates = 0;
    for (const role of Object.keys(LIST_FILES) as ListRole[]) {
      certificates += (await loadTrustList(role, trustFolder(home)))?.certificates.length ?? 0;
    }
    return ok(`The trust lists hold ${certificates} certificates.`);
  } catch (error) {
    return brokenBy(error);
  }
}
