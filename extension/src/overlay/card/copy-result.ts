import type { ResultRecord } from '@touchstone/shared';
import { stepOf } from '@touchstone/shared/present';
import type { CardTranslator } from '../../i18n/translator.ts';
import { shareLines, shareText } from '../../share/share-lines.ts';
import type { EntryActions } from '../entry.ts';

export interface CopyOptions {
  readonly translator: CardTranslator;
  /** Has the picture drawn, outside the page. */
  readonly draw: EntryActions['sharePicture'];
  /** Copies where scripts of the page have no clipboard. */
  copyText(text: string): boolean;
}

/**
 * Puts a result on the clipboard. The script's own world has a clipboard that the page cannot reach into. A page that is not
 * encrypted, and a frame or a policy that says so, has none for scripts: then a text goes the older way, and a picture none.
 * @throws where the browser refuses
 */
export async function copyResult(
  as: 'text' | 'picture',
  record: ResultRecord,
  { translator, draw, copyText }: CopyOptions,
): Promise<void> {
  const lines = shareLines(record, translator);
  if (as === 'text') {
    const text = shareText(lines);
    const isCopied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    if (isCopied !== true && !copyText(text)) throw new Error('not copied');
    return;
  }
  const card = { lines, step: stepOf(record.verdict), direction: translator.direction };
  const png = await new Promise<Blob>((resolve, reject) => {
    draw?.(card, (bytes) =>
      bytes === undefined ? reject(new Error('no picture')) : resolve(new Blob([bytes], { type: 'image/png' })),
    );
  });
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
}
