import { type ReactNode, useId } from 'react';

/** A titled part of the page. */
export function FigureSection({
  title,
  help,
  wide = false,
  children,
}: {
  readonly title: string;
  readonly help?: string | undefined;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={`figure-section${wide ? ' figure-wide' : ''}`} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {help && <p className="help">{help}</p>}
      {children}
    </section>
  );
}
