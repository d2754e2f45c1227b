/** How far a long work has come. `label` says it in words: "412 de 2000 filas". */
export function Progress({
  value,
  max,
  label,
}: {
  readonly value: number;
  readonly max: number;
  readonly label: string;
}) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <div className="mb-6">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={Math.min(value, max)}
      >
        <svg
          viewBox="0 0 100 4"
          preserveAspectRatio="none"
          aria-hidden="true"
          className="border-line-strong h-4 w-full rounded-sm border bg-white"
        >
          <rect width={share * 100} height="4" className="fill-accent" />
        </svg>
      </div>
      <p className="mt-1">{label}</p>
    </div>
  );
}
