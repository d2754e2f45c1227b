/** Placing the names of circles on a map so that no two cover each other. Pure. */

export interface Circle {
  readonly id: string;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

export interface PlacedLabel {
  readonly id: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end' | 'middle';
  /** From the circle to a name that stands apart from it; null where they touch. */
  readonly leader: {
    readonly x1: number;
    readonly y1: number;
    readonly x2: number;
    readonly y2: number;
  } | null;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/**
 * Names beside their circles, the largest circles first, on the first free side (right, left,
 * below, above); the largest also a little apart, with a line to the circle. A name that finds no room is left
 * out: the table beside the map has them all.
 */
export function placeLabels(
  circles: readonly Circle[],
  size: { readonly width: number; readonly height: number; readonly fontSize: number },
): PlacedLabel[] {
  const byRadius = [...circles].sort((a, b) => b.r - a.r || (a.id < b.id ? -1 : 1));
  const taken: Box[] = circles.map(({ x, y, r }) => ({
    left: x - r * 0.8,
    right: x + r * 0.8,
    top: y - r * 0.8,
    bottom: y + r * 0.8,
  }));
  const placed: PlacedLabel[] = [];
  for (const [rank, circle] of byRadius.entries()) {
    const spot = spots(circle, size.fontSize, rank < LED).find(
      ({ box }) =>
        box.left >= 0 &&
        box.right <= size.width &&
        box.top >= 0 &&
        box.bottom <= size.height &&
        !taken.some((other) => overlap(box, other)),
    );
    if (!spot) continue;
    taken.push(spot.box);
    placed.push({ id: circle.id, text: circle.name, ...spot.at });
  }
  return placed;
}

/** How many of the largest circles may be named from a distance: more lines would cross. */
const LED = 8;
/** How far a name may stand apart, in the drawing's units: across, then up and down. */
const APART_X = [14, 36, 64, 96, 130];
const APART_Y = [0, -22, 22, -44, 44, -66, 66];

function spots({ x, y, r, name }: Circle, fontSize: number, mayStandApart: boolean) {
  // 0.56 em is the mean width of a character in the fonts of the stack.
  const width = name.length * fontSize * 0.56;
  const half = fontSize * 0.6;
  const gap = r + 4;
  const box = (left: number, middle: number): Box => ({
    left,
    right: left + width,
    top: middle - half,
    bottom: middle + half,
  });
  const baseline = fontSize * 0.35;
  const touching = [
    { box: box(x + gap, y), at: at(x + gap, y + baseline, 'start') },
    { box: box(x - gap - width, y), at: at(x - gap, y + baseline, 'end') },
    { box: box(x - width / 2, y + gap + half), at: at(x, y + gap + half + baseline, 'middle') },
    { box: box(x - width / 2, y - gap - half), at: at(x, y - gap - half + baseline, 'middle') },
  ];
  if (!mayStandApart) return touching;
  const apart = APART_X.flatMap((dx) =>
    APART_Y.flatMap((dy) =>
      [1, -1].map((side) => {
        const start = x + side * (gap + dx);
        const leader = { x1: x, y1: y, x2: start - side * 3, y2: y + dy };
        return {
          box: box(side === 1 ? start : start - width, y + dy),
          at: { ...at(start, y + dy + baseline, side === 1 ? 'start' : 'end'), leader },
        };
      }),
    ),
  );
  return [...touching, ...apart];
}

function at(x: number, y: number, anchor: PlacedLabel['anchor']): Omit<PlacedLabel, 'id' | 'text'> {
  return { x, y, anchor, leader: null };
}
