import { qrPath, type ScreenModel } from './model';

/** With the four modules of quiet zone that cameras need. */
export function Qr({
  qr,
  className,
}: {
  readonly qr: ScreenModel['qr'];
  readonly className: string;
}) {
  const quiet = 4;
  return (
    <svg
      viewBox={`${-quiet} ${-quiet} ${qr.side + 2 * quiet} ${qr.side + 2 * quiet}`}
      aria-hidden="true"
      shapeRendering="crispEdges"
      className={className}
    >
      <rect x={-quiet} y={-quiet} width="100%" height="100%" fill="#fff" />
      <path d={qrPath(qr)} fill="#000" />
    </svg>
  );
}
