import type { MessageKey } from '@touchstone/shared/words';
import { useEffect, useState } from 'react';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Icon } from '../ui/icons.tsx';

interface Props {
  /** What happens when they are let go, in words. */
  readonly title: MessageKey;
  readonly text: MessageKey;
  /** Files and folders that were dropped; to be read before it returns, and stays the same while nothing changes. */
  readonly onDrop: (data: DataTransfer) => void;
  /** Absent: the page takes nothing that is pasted. */
  readonly onPaste?: (files: readonly File[]) => void;
}

/** Takes files that are dropped or pasted anywhere on the page, and says so while they hover. */
export function DropArea({ title, text, onDrop, onPaste }: Props) {
  const { t } = useI18n();
  const [hovering, setHovering] = useState(false);

  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    const withFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    // Entering a child leaves its parent, so the depth is counted.
    let depth = 0;
    const leave = (to: number) => {
      depth = to;
      if (depth === 0) setHovering(false);
    };
    window.addEventListener(
      'dragenter',
      (event) => {
        if (!withFiles(event)) return;
        depth += 1;
        setHovering(true);
      },
      { signal },
    );
    window.addEventListener('dragleave', (event) => withFiles(event) && leave(Math.max(0, depth - 1)), { signal });
    // Without this the browser would open the file in place of the page.
    window.addEventListener('dragover', (event) => withFiles(event) && event.preventDefault(), { signal });
    window.addEventListener(
      'drop',
      (event) => {
        if (!withFiles(event)) return;
        event.preventDefault();
        leave(0);
        if (event.dataTransfer) onDrop(event.dataTransfer);
      },
      { signal },
    );
    window.addEventListener(
      'paste',
      (event) => {
        const files = [...(event.clipboardData?.files ?? [])];
        if (files.length === 0 || !onPaste) return;
        event.preventDefault();
        onPaste(files);
      },
      { signal },
    );
    return () => abort.abort();
  }, [onDrop, onPaste]);

  if (!hovering) return null;
  return (
    <div className="drop-area" role="status">
      <div className="drop-card">
        <Icon name="upload" size={40} />
        <strong>{t(title)}</strong>
        <span>{t(text)}</span>
      </div>
    </div>
  );
}
