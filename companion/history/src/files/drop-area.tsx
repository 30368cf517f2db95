import { useEffect, useState } from 'react';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Icon } from '../ui/icons.tsx';

/** Takes files that are dropped or pasted anywhere on the page, and says so while they hover. */
export function DropArea({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
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
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length > 0) onFiles(files);
      },
      { signal },
    );
    window.addEventListener(
      'paste',
      (event) => {
        const files = [...(event.clipboardData?.files ?? [])];
        if (files.length === 0) return;
        event.preventDefault();
        onFiles(files);
      },
      { signal },
    );
    return () => abort.abort();
  }, [onFiles]);

  if (!hovering) return null;
  return (
    <div className="drop-area" role="status">
      <div className="drop-card">
        <Icon name="upload" size={40} />
        <strong>{t('drop-title')}</strong>
        <span>{t('drop-text')}</span>
      </div>
    </div>
  );
}
