import { type Asset, BMFF, JPEG, PNG } from '@trustnxt/c2pa-ts/asset';
import { SuperBox } from '@trustnxt/c2pa-ts/jumbf';
import { ManifestStore, ValidationResult } from '@trustnxt/c2pa-ts/manifest';

/** What another implementation says: state, and the status codes that failed. */
export interface OtherReading {
  readonly state: string;
  readonly codes: readonly string[];
}

function assetOf(bytes: Uint8Array): Asset | undefined {
  if (JPEG.canRead(bytes)) return new JPEG(bytes);
  if (PNG.canRead(bytes)) return new PNG(bytes);
  return BMFF.canRead(bytes) ? new BMFF(bytes) : undefined;
}

/**
 * The manifest store as `@trustnxt/c2pa-ts` sees it: it checks hashes and signatures, and no chain of trust.
 * @returns undefined for containers it does not read and for files without a manifest
 */
export async function otherReader(bytes: Uint8Array): Promise<OtherReading | undefined> {
  let result: ValidationResult;
  try {
    const asset = assetOf(bytes);
    const jumbf = asset?.getManifestJUMBF();
    if (!asset || !jumbf) return undefined;
    result = await ManifestStore.read(SuperBox.fromBuffer(Uint8Array.from(jumbf))).validate(asset);
  } catch (error) {
    result = ValidationResult.fromError(error instanceof Error ? error : new Error(String(error)));
  }
  const failed = result.statusEntries.filter(({ success }) => success === false).map(({ code }) => String(code));
  return { state: result.isValid ? 'Valid' : 'Invalid', codes: [...new Set(failed)].toSorted() };
}
