import type { ResultRecord } from '@touchstone/shared';
import { stepOf } from '@touchstone/shared/present';
import { useState } from 'react';
import { shareLines, shareText } from '../share/share-lines.ts';
import { sharePicture } from '../share/share-picture.ts';
import { useTranslator } from './translation.tsx';

interface ShareResultProps {
  readonly record: ResultRecord;
}

/** Passes a result on, as text or as a picture; each says its step, date and packs, and that it is no proof. */
export function ShareResult({ record }: ShareResultProps) {
  const translator = useTranslator();
  const [said, setSaid] = useState<'' | 'copied' | 'share-failed'>('');
  const lines = shareLines(record, translator);
  const picture = () => sharePicture({ lines, step: stepOf(record.verdict), direction: translator.direction });

  const perform = (work: () => Promise<unknown>, done: '' | 'copied') => {
    setSaid('');
    work().then(
      () => setSaid(done),
      () => setSaid('share-failed'),
    );
  };
  const save = async () => {
    const url = URL.createObjectURL(await picture());
    const link = document.createElement('a');
    link.href = url;
    link.download = `touchstone-${record.id}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  };
  // The promise goes in whole: a browser wants the press itself to begin the copying.
  const copyPicture = () => navigator.clipboard.write([new ClipboardItem({ 'image/png': picture() })]);
  return (
    <div className="share">
      <button
        type="button"
        className="link"
        onClick={() => perform(() => navigator.clipboard.writeText(shareText(lines)), 'copied')}
      >
        {translator.text('share-text')}
      </button>
      <button type="button" className="link" onClick={() => perform(copyPicture, 'copied')}>
        {translator.text('share-picture')}
      </button>
      <button type="button" className="link" onClick={() => perform(save, '')}>
        {translator.text('share-save')}
      </button>
      <span className="hint" role="status">
        {said && translator.text(said)}
      </span>
    </div>
  );
}
