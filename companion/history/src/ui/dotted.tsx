import { Fragment } from 'react';

/** Short facts on one line with dots between, each in its own writing direction. What is missing is left out. */
export function Dotted({ parts }: { readonly parts: readonly (string | undefined | null | false)[] }) {
  const shown = parts.filter((part) => typeof part === 'string' && part !== '');
  return shown.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts have no names, and a part keeps its place
    <Fragment key={index}>
      {index > 0 && ' · '}
      <bdi>{part}</bdi>
    </Fragment>
  ));
}
