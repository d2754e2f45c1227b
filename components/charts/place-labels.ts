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
 * below, above). A name that finds no room is left out: the table beside the map has them all.
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
  for (const circle of byRadius) {
    const spot = spots(circle, size.fontSize).find(
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

function spots({ x, y, r, name }: Circle, fontSize: number) {
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
  return [
    { box: box(x + gap, y), at: { x: x + gap, y: y + baseline, anchor: 'start' as const } },
    { box: box(x - gap - width, y), at: { x: x - gap, y: y + baseline, anchor: 'end' as const } },
    {
      box: box(x - width / 2, y + gap + half),
      at: { x, y: y + gap + half + baseline, anchor: 'middle' as const },
    },
    {
      box: box(x - width / 2, y - gap - half),
      at: { x, y: y - gap - half + baseline, anchor: 'middle' as const },
    },
  ];
}
