import type { ExtensionSettings } from '@touchstone/shared';
import { Switch } from '../ui/switch.tsx';
import { useTranslator } from '../ui/translation.tsx';
import type { SaveSettings } from './options.tsx';
import { SideField } from './side-field.tsx';

/** Range of the slider, in CSS pixels; the schema allows more. */
const SIDE = { min: 64, max: 640, step: 16 } as const;

/** Whether playing videos are checked by themselves, and which are left alone. */
export function VideoFields({ settings, save }: { readonly settings: ExtensionSettings; readonly save: SaveSettings }) {
  const translator = useTranslator();
  const { checkVideos, minimumVideoSide } = settings;
  return (
    <>
      <div className="part">
        <Switch
          label={translator.text('check-videos')}
          hint={translator.text('check-videos-hint')}
          checked={checkVideos}
          onChange={(next) => save({ checkVideos: next })}
        />
      </div>
      {checkVideos && (
        <SideField
          label={translator.text('minimum-video-side')}
          hint={translator.text('minimum-video-side-hint')}
          range={SIDE}
          side={minimumVideoSide}
          save={(side) => void save({ minimumVideoSide: side })}
        />
      )}
    </>
  );
}
