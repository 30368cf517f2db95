/** The touchstone: a dark stone with two rubs of gold. */
export function Mark({ size }: { readonly size: number }) {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect className="mark-stone" width="32" height="32" rx="8" />
      <path className="mark-rub" d="M8 21.5 21.5 8" strokeWidth="4" />
      <path className="mark-rub-thin" d="M14.5 24 24 14.5" strokeWidth="2" />
    </svg>
  );
}
