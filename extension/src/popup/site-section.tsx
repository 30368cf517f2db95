import type { ExtensionSettings } from '@touchstone/shared';
import { siteChecked } from '../ui/site-checked.ts';
import { Switch } from '../ui/switch.tsx';
import { useTranslator } from '../ui/translation.tsx';

interface SiteSectionProps {
  readonly host: string | undefined;
  readonly settings: ExtensionSettings;
  /** Whether pictures can be checked now. */
  readonly ready: boolean;
  /** Whether a team's server judges. */
  readonly ofTeam: boolean;
  onSwitch(host: string, enabled: boolean): Promise<void>;
}

/** The switch for the site in front. */
export function SiteSection({ host, settings, ready, ofTeam, onSwitch }: SiteSectionProps) {
  const translator = useTranslator();
  if (host === undefined) return <p className="panel hint">{translator.text('site-none')}</p>;
  const checked = siteChecked(settings, host);
  const everywhere = settings.autoCheck === 'everywhere' && checked;
  const hint = everywhere ? 'site-everywhere-hint' : checked ? 'site-switch-hint' : 'site-off-hint';
  return (
    <section className="panel">
      <Switch
        label={translator.text('site-switch')}
        hint={translator.text(hint, { site: host })}
        checked={checked}
        onChange={(next) => onSwitch(host, next)}
      />
      {checked && settings.onlyLikelyAi && <p className="hint">{translator.text('only-likely-ai-on')}</p>}
      {checked && !ready && (
        <p role="status">{translator.text(ofTeam ? 'site-team-away' : 'site-not-checked', { site: host })}</p>
      )}
    </section>
  );
}
