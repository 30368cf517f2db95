import { type ChangeEvent, type DragEvent, useEffect, useRef, useState } from 'react';
import { useTranslator } from '../ui/translation.tsx';

interface DropAreaProps {
  /** Address of the team's server that they go to; null: to this computer. */
  readonly team: string | null;
  onFiles(files: readonly File[]): void;
}

/** Takes files: dropped, pasted anywhere on the page, or chosen. */
export function DropArea({ team, onFiles }: DropAreaProps) {
  const translator = useTranslator();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);

  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length > 0) onFiles(files);
    };
    // A file that is dropped beside the area must not take the place of the page.
    const keep = (event: Event) => event.preventDefault();
    document.addEventListener('paste', paste);
    document.addEventListener('dragover', keep);
    document.addEventListener('drop', keep);
    return () => {
      document.removeEventListener('paste', paste);
      document.removeEventListener('dragover', keep);
      document.removeEventListener('drop', keep);
    };
  }, [onFiles]);

  const drop = (event: DragEvent) => {
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(event.currentTarget.files ?? [])]);
    event.currentTarget.value = '';
  };
  return (
    <section
      className="drop-area"
      data-over={over}
      aria-label={translator.text('drop-title')}
      onDragOver={() => setOver(true)}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>{translator.text('check-file-how')}</p>
      <button type="button" className="button primary" onClick={() => input.current?.click()}>
        {translator.text('check-file-choose')}
      </button>
      <input ref={input} type="file" accept="image/*" multiple hidden onChange={choose} />
      <p className="hint">
        {team === null
          ? translator.text('check-file-stays')
          : translator.text('check-file-team', { host: new URL(team).host })}
      </p>
    </section>
  );
}
