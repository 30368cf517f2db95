import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Group } from 'react-aria-components';
import { fetchAutostart, switchAutostart } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useAnnouncer } from '../ui/announcer.tsx';
import { CheckBox } from '../ui/check-box.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';

/** Whether Touchstone starts when its owner logs in; for this no terminal is needed. */
export function AutostartField() {
  const { t } = useI18n();
  const { show } = useAnnouncer();
  const client = useQueryClient();
  const state = useQuery({ queryKey: keys.autostart, queryFn: ({ signal }) => fetchAutostart(signal) });
  const change = useMutation({
    mutationFn: switchAutostart,
    onSuccess: (on) => {
      client.setQueryData(keys.autostart, on);
      show(t(on ? 'autostart-is-on' : 'autostart-is-off'));
    },
  });
  const error = change.error ?? state.error;
  return (
    <section className="settings-section">
      <Group className="filter-group" aria-label={t('autostart')}>
        <CheckBox
          isSelected={change.isPending ? change.variables : (state.data ?? false)}
          isDisabled={state.data === undefined || change.isPending}
          onChange={(on) => change.mutate(on)}
        >
          {t('autostart')}
          <span className="help">{t('autostart-help')}</span>
        </CheckBox>
      </Group>
      {error && (
        <div role="alert">
          <ErrorMessage error={error} />
        </div>
      )}
    </section>
  );
}
