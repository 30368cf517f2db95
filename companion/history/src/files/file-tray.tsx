import type { ResultRecord } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { useEffect, useMemo, useState } from 'react';
import { Button, ProgressBar } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { VerdictBadge } from '../list/verdict-badge.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import { Icon } from '../ui/icons.tsx';
import { CheckProgress } from './check-progress.tsx';
import { fileKind } from './file-kind.ts';
import type { FileEntry } from './file-queue.ts';
import type { FileChecks } from './use-file-checks.ts';

interface Props {
  readonly checks: FileChecks;
  readonly onOpen: (record: ResultRecord) => void;
}

/** The files that were dropped, pasted or chosen, each with where it is at. */
export function FileTray({ checks, onOpen }: Props) {
  const { t } = useI18n();
  const { entries, counts, words, queue } = checks;
  if (entries.length === 0) return null;
  // How long it still takes is told by what is over, however it ended.
  const over = counts.total - counts.open;
  return (
    <section className="tray" aria-label={t('file-tray')}>
      <header className="tray-head">
        <ProgressBar
          className="tray-progress"
          value={over}
          maxValue={counts.total}
          valueLabel={words}
          aria-label={t('file-tray')}
        >
          <span>{words}</span>
          <span className="progress-track">
            <span className="progress-fill" style={{ inlineSize: `${(over / counts.total) * 100}%` }} />
          </span>
        </ProgressBar>
        <Button className="button-icon" aria-label={t('close-tray')} onPress={() => queue.clear()}>
          <Icon name="close" />
        </Button>
      </header>
      <ul className="tray-list">
        {entries.map((entry) => (
          <TrayRow key={entry.key} entry={entry} checks={checks} onOpen={onOpen} />
        ))}
      </ul>
    </section>
  );
}

function TrayRow({ entry, checks, onOpen }: Props & { readonly entry: FileEntry }) {
  const { t } = useI18n();
  const { state, key } = entry;
  const name = foreignText(entry.name);
  return (
    <li className="tray-row">
      <FilePreview file={entry.file} />
      <div className="tray-text">
        <bdi className="row-name">{name}</bdi>
        {state.status === 'waiting' && <span className="help">{t('file-waiting')}</span>}
        {state.status === 'checking' && <CheckProgress kind={entry.kind} name={name} progress={state.progress} />}
        {state.status === 'cancelled' && <span className="help">{t('file-cancelled')}</span>}
        {state.status === 'failed' && <ErrorMessage error={state.error} />}
        {state.status === 'done' && (
          <span className="tray-result">
            <VerdictBadge verdict={state.record.verdict} />
            {!state.record.logged && <span className="help">{t('file-not-kept')}</span>}
          </span>
        )}
      </div>
      {state.status === 'done' && (
        <Button className="button" aria-label={t('open-result', { name })} onPress={() => onOpen(state.record)}>
          {t('details')}
        </Button>
      )}
      {(state.status === 'cancelled' || (state.status === 'failed' && state.error.retryable)) && (
        <Button className="button" onPress={() => checks.queue.retry(key)}>
          {t('try-again')}
        </Button>
      )}
      {state.status === 'checking' ? (
        <Button className="button" aria-label={t('cancel-file', { name })} onPress={() => checks.queue.cancel(key)}>
          {t('cancel')}
        </Button>
      ) : (
        <Button
          className="button-icon"
          aria-label={t('remove-file', { name })}
          onPress={() => checks.queue.remove(key)}
        >
          <Icon name="close" size={16} />
        </Button>
      )}
    </li>
  );
}

/** Types a browser decodes by itself; others keep the drawn placeholder. */
const SHOWN_TYPES = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif', 'image/bmp']);

function FilePreview({ file }: { readonly file: File }) {
  const [broken, setBroken] = useState(false);
  const address = useMemo(() => (SHOWN_TYPES.has(file.type) ? URL.createObjectURL(file) : null), [file]);
  useEffect(() => () => void (address && URL.revokeObjectURL(address)), [address]);
  return (
    <span className="thumbnail">
      {address && !broken ? (
        <img src={address} alt="" onError={() => setBroken(true)} />
      ) : (
        <Icon name={fileKind(file) === 'video' ? 'video' : 'picture'} />
      )}
    </span>
  );
}
