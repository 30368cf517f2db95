import { join } from 'node:path';
import { foreignText } from '@touchstone/shared/words';
import {
  LIST_FILES,
  type ListRole,
  loadTrustList,
  type TrustList,
  trustFolder,
} from '../../evidence/provenance/trust-lists.ts';
import { dataFolder } from '../../settings/data-folder.ts';

const PURPOSES: Readonly<Record<ListRole, string>> = {
  signers: 'Signers',
  timeStamps: 'Time stamps',
  interim: 'Interim list (frozen; used only where the list of signers knows nobody)',
};

/**
 * `touchstone trust`: whom Touchstone trusts to sign Content Credentials, and which file replaces each list.
 * @throws TouchstoneError `trust-list-unreadable`, after the lists that can be read
 */
export async function showTrust({ json = false }: { readonly json?: boolean }): Promise<void> {
  const folder = trustFolder(dataFolder());
  const errors: unknown[] = [];
  for (const role of Object.keys(LIST_FILES) as ListRole[]) {
    try {
      const list = await loadTrustList(role, folder);
      const replacement = join(folder, LIST_FILES[role]);
      process.stdout.write(json ? jsonOf(role, list, replacement) : textOf(role, list, replacement));
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}

function jsonOf(role: ListRole, list: TrustList | undefined, replacement: string): string {
  if (!list) return `${JSON.stringify({ role, list: null, replacement })}\n`;
  const { name, date, own, sha256, certificates, path } = list;
  return `${JSON.stringify({ role, name, date, own, certificates: certificates.length, sha256, path, replacement })}\n`;
}

function textOf(role: ListRole, list: TrustList | undefined, replacement: string): string {
  const facts = list
    ? [
        `  ${foreignText(list.name)} of ${list.date}, ${list.certificates.length} certificates`,
        `  ${foreignText(list.path)}`,
        `  sha256 ${list.sha256}`,
      ]
    : ['  none'];
  const hint = list?.own
    ? '  Delete the file to use the bundled list.'
    : `  Yours would be ${foreignText(replacement)}`;
  return `${[PURPOSES[role], ...facts, hint].join('\n')}\n\n`;
}
