import { compareVersions } from '@touchstone/shared';
import type { BackgroundState } from '../messaging/requests.ts';
import { useTranslator } from './translation.tsx';

/** Says which side is behind, and how it is brought up to date, where the versions of extension and companion differ. */
export function UpdateNotice({ state }: { readonly state: BackgroundState }) {
  const translator = useTranslator();
  const { extensionVersion: extension, status } = state;
  const order = status ? compareVersions(extension, status.version) : 0;
  // What a team's server runs is not for its people to change.
  if (!status || order === 0 || state.machine === 'team') return null;
  const versions = { extension, companion: status.version };
  return (
    <p className="hint update" role="status">
      {translator.text(order < 0 ? 'update-extension' : 'update-companion', versions)}
    </p>
  );
}
