import { useQuery } from '@tanstack/react-query';
import type { ResultRecord } from '@touchstone/shared';
import { useEffect, useRef, useState } from 'react';
import { Button, FileTrigger } from 'react-aria-components';
import { fetchStatus } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import { PictureError } from '../evidence/picture-error.tsx';
import { CheckProgress } from '../files/check-progress.tsx';
import { ACCEPTED_VIDEOS } from '../files/file-kind.ts';
import { knownFile } from '../files/known-files.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import { Icon } from '../ui/icons.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';
import { type ByteSource, bytesAtHand } from './bytes-at-hand.ts';
import { CompareView } from './compare-view.tsx';
import { PackChoice } from './pack-choice.tsx';
import { suggestedPack } from './suggested-pack.ts';
import { useRecheck } from './use-recheck.ts';

interface Props {
  readonly record: ResultRecord;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onOpen: (id: string) => void;
}

/** What is judged once more. */
const TEXTS = {
  kept: 'recheck-text',
  known: 'recheck-known-text',
  recent: 'recheck-recent-text',
} as const satisfies Record<Exclude<ByteSource, 'none'>, string>;

/** Checks a kept original, or a file that the reader chooses again, with another pack and shows both verdicts. */
export function RecheckDialog({ record, isOpen, onClose, onOpen }: Props) {
  const { t } = useI18n();
  const status = useQuery({ queryKey: keys.status, queryFn: ({ signal }) => fetchStatus(signal), enabled: isOpen });
  const [chosen, setChosen] = useState<string | null>(null);
  const { run, again, error, isPending, progress, end } = useRecheck(record);
  const result = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone by then.
  useEffect(() => {
    if (again) result.current?.focus();
  }, [again]);
  const packs = status.data?.packs ?? [];
  const pack = chosen ?? suggestedPack(packs, [record]);
  const isVideo = record.source.kind === 'video';
  const known = knownFile(record.picture.sha256);
  const source = bytesAtHand(record, { now: Date.now(), startedAt: status.data?.startedAt }, error);
  const mustChoose = source === 'none';
  const start = (file?: File) => pack !== null && run({ pack, ...(file ? { file } : {}) });
  const close = () => {
    end();
    setChosen(null);
    onClose();
  };
  const startButton = (
    <Button
      className="button button-primary"
      // A disabled button would lose the focus, and with it the keys of the dialog.
      isPending={isPending}
      isDisabled={pack === null}
      {...(mustChoose ? {} : { onPress: () => start(known) })}
    >
      {mustChoose && <Icon name="upload" size={18} />}
      {t(isPending ? 'checking' : mustChoose ? 'recheck-choose' : 'check-again')}
    </Button>
  );
  const actions = (
    <>
      <Button className="button" onPress={close}>
        {t('cancel')}
      </Button>
      {mustChoose ? (
        <FileTrigger
          acceptedFileTypes={isVideo ? ACCEPTED_VIDEOS : ['image/*']}
          onSelect={(files) => files?.[0] && start(files[0])}
        >
          {startButton}
        </FileTrigger>
      ) : (
        startButton
      )}
    </>
  );
  return (
    <ModalDialog
      title={t('recheck-title')}
      isOpen={isOpen}
      onClose={close}
      wide={again ? 'widest' : undefined}
      actions={again ? undefined : actions}
    >
      {again ? (
        <div ref={result} tabIndex={-1}>
          <CompareView
            first={record}
            second={again}
            onOpen={(id) => {
              close();
              onOpen(id);
            }}
          />
        </div>
      ) : (
        <>
          <p>{t(source !== 'none' ? TEXTS[source] : isVideo ? 'recheck-video-text' : 'recheck-gone-text')}</p>
          <PackChoice packs={packs} value={pack} isDisabled={isPending} onChange={setChosen} />
          {isPending && isVideo && <CheckProgress kind="video" name={t('recheck-title')} progress={progress} />}
          {error && (isVideo ? <ErrorMessage error={error} /> : <PictureError error={error} />)}
        </>
      )}
    </ModalDialog>
  );
}
