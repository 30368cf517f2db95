import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'react-aria-components';
import { newestOfContents } from '../api/companion.ts';
import { MOST_RECHECKED } from '../compare/recheck-many.ts';
import { RecheckManyDialog } from '../compare/recheck-many-dialog.tsx';
import { useI18n } from '../i18n/i18n-context.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';

/** Results keep the word of the pack of then: offers to judge the newest of them by the one that was taught. */
export function RecheckHistory({ pack }: { readonly pack: string }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const { mutate, data, reset, error, isPending } = useMutation({
    mutationFn: () => newestOfContents({}, MOST_RECHECKED),
  });
  return (
    <>
      <p className="teach-buttons">
        <Button className="button" isDisabled={isPending} onPress={() => mutate()}>
          {t('teach-recheck')}
        </Button>
      </p>
      {error && (
        <div role="alert">
          <ErrorMessage error={error} />
        </div>
      )}
      {data && (
        <RecheckManyDialog
          what={{ records: data }}
          pack={pack}
          onClose={reset}
          onDone={() => void client.invalidateQueries()}
        />
      )}
    </>
  );
}
