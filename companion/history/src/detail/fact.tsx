import type { ReactNode } from 'react';

/** One line of a list of facts: its name and its value. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function FactSection({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="detail-section">
      <h3>{title}</h3>
      <dl className="facts">{children}</dl>
    </section>
  );
}
