import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toErrorReport } from '@touchstone/shared';
import { Button } from 'react-aria-components';
import { changeSettings } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useRights } from '../team/rights.ts';
import { useAnnouncer } from '../ui/announcer.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';

interface Props {
  readonly error: Error;
  /** Tries once more; offered only where that can help. */
  readonly onRetry?: () => void;
}

/** An error of something that needs the picture itself; where it was not kept, with the switch that keeps the next ones. */
export function PictureError({ error, onRetry }: Props) {
  const { t } = useI18n();
  const { show } = useAnnouncer();
  const { mayManage } = useRights();
  const client = useQueryClient();
  const keep = useMutation({
    mutationFn: () => changeSettings({ keepOriginals: true }),
    onSuccess: (settings) => {
      client.setQueryData(keys.settings, settings);
      show(t('keeping-originals'));
    },
  });
  const { code, retryable } = toErrorReport(error);
  const notKept = code === 'picture-not-kept';
  return (
    <div className="picture-error" role="alert">
      <ErrorMessage error={error} />
      {notKept && mayManage && !keep.isSuccess && (
        <Button className="button" isDisabled={keep.isPending} onPress={() => keep.mutate()}>
          {t('keep-originals-now')}
        </Button>
      )}
      {retryable && onRetry && (
        <Button className="button" onPress={onRetry}>
          {t('try-again')}
        </Button>
      )}
      {keep.error && <ErrorMessage error={keep.error} />}
    </div>
  );
}
