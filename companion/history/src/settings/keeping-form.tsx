import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type CompanionSettings, toErrorReport } from '@touchstone/shared';
import { useState } from 'react';
import { Button, Form, Group } from 'react-aria-components';
import { changeSettings } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useTeam } from '../team/team-context.tsx';
import { useAnnouncer } from '../ui/announcer.tsx';
import { CheckBox } from '../ui/check-box.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import { PackFields } from './pack-fields.tsx';
import { RetentionFields } from './retention-fields.tsx';

/** What is kept and for how long: of one's own history, or for a team of everybody's, with the packs that judge it. */
export function KeepingForm({ settings }: { readonly settings: CompanionSettings }) {
  const { t } = useI18n();
  const ofTeam = useTeam() !== null;
  const { show } = useAnnouncer();
  const client = useQueryClient();
  const [draft, setDraft] = useState(settings);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => {
      const { retentionDays, retentionBytes = null, keepThumbnails, keepOriginals } = draft;
      const { quickPack, thoroughPack } = draft;
      const kept = { retentionDays, retentionBytes, keepThumbnails, keepOriginals };
      return changeSettings(ofTeam ? { ...kept, quickPack, thoroughPack } : kept);
    },
    onSuccess: (saved) => {
      client.setQueryData(keys.settings, saved);
      show(t('settings-saved'));
    },
  });
  return (
    <Form
      className="settings-section"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending) mutate();
      }}
    >
      <RetentionFields value={draft} onChange={(retention) => setDraft({ ...draft, ...retention })} />
      <Group className="filter-group" aria-label={t('pictures')}>
        <span className="filter-title">{t('pictures')}</span>
        <CheckBox isSelected={draft.keepThumbnails} onChange={(on) => setDraft({ ...draft, keepThumbnails: on })}>
          {t('keep-thumbnails')}
          <span className="help">{t('keep-thumbnails-help')}</span>
        </CheckBox>
        <CheckBox isSelected={draft.keepOriginals} onChange={(on) => setDraft({ ...draft, keepOriginals: on })}>
          {t('keep-originals')}
          <span className="help">{t('keep-originals-help')}</span>
        </CheckBox>
      </Group>
      {ofTeam && <PackFields value={draft} onChange={(packs) => setDraft({ ...draft, ...packs })} />}
      {error && (
        <div role="alert" data-code={toErrorReport(error).code}>
          <ErrorMessage error={error} />
        </div>
      )}
      <Button type="submit" className="button button-primary">
        {t('save')}
      </Button>
    </Form>
  );
}
