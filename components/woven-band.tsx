import { useId } from 'react';

/**
 * One repeat of the band, thread by thread: stepped diamonds between the teeth of the hills, as in
 * the woven belts of the Mantaro valley. a accent, i institutional, s social, e economic.
 */
const WEAVE = [
  'aaaaaaaaaaaaaaaa',
  '................',
  'i......ss......i',
  'iii..ssssss..iii',
  'iiii.sseess.iiii',
  'iii..ssssss..iii',
  'i......ss......i',
  '................',
  'aaaaaaaaaaaaaaaa',
] as const;

const WIDTH = WEAVE[0].length;
const HEIGHT = WEAVE.length;

const THREADS = [
  { thread: 'a', fill: 'fill-accent' },
  { thread: 'i', fill: 'fill-institucional' },
  { thread: 's', fill: 'fill-social' },
  { thread: 'e', fill: 'fill-economica' },
] as const;

/** One path per colour: runs of equal threads, one unit high. */
function pathOf(thread: string): string {
  return WEAVE.flatMap((row, y) =>
    [...row.matchAll(new RegExp(`${thread}+`, 'g'))].map(
      (run) => `M${run.index} ${y}h${run[0].length}v1h-${run[0].length}z`,
    ),
  ).join('');
}

const PATHS = THREADS.map(({ thread, fill }) => ({ fill, path: pathOf(thread) }));

/** The product's only ornament: a thin woven band across the whole width. */
export function WovenBand({
  thread = 2,
}: {
  /** Side of one thread in CSS pixels. */ readonly thread?: number;
}) {
  const id = useId();
  return (
    <svg
      aria-hidden="true"
      width="100%"
      height={HEIGHT * thread}
      className="block"
      shapeRendering="crispEdges"
      data-print-colour
    >
      <defs>
        <pattern
          id={id}
          width={WIDTH}
          height={HEIGHT}
          patternUnits="userSpaceOnUse"
          patternTransform={`scale(${thread})`}
        >
          {PATHS.map(({ fill, path }) => (
            <path key={fill} d={path} className={fill} />
          ))}
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill={`url(#${id})`} />
    </svg>
  );
}
