import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { DISTRICTS } from '@/db/seed/districts';
import { BarsWithLine } from './bars-with-line';
import { DistrictMap } from './district-map';
import { placeLabels } from './place-labels';

describe('bars with the funded line', () => {
  const html = renderToStaticMarkup(
    <BarsWithLine
      fundedTitle="Se financian"
      lineLabel="Hasta aquí alcanzó"
      unfundedTitle="No alcanzaron"
      bars={[
        { id: 'a', label: 'Parque', value: 200, valueText: '200 votos', funded: true },
        { id: 'b', label: 'Puente', value: 150, valueText: '150 votos', funded: false },
        { id: 'c', label: 'Posta', value: 100, valueText: '100 votos', funded: true },
      ]}
    />,
  );

  it('put every funded proposal above the line and the others below', () => {
    const order = ['Parque', 'Posta', 'Hasta aquí alcanzó', 'Puente'].map((w) => html.indexOf(w));
    expect(order).toEqual([...order].sort((x, y) => x - y));
    expect(order).not.toContain(-1);
  });

  it('draw what was not funded with stripes, not only in another colour', () => {
    expect(html.match(/<pattern/g)).toHaveLength(1);
    expect(html.indexOf('<pattern')).toBeGreaterThan(html.indexOf('Puente'));
  });

  it('are as long as their votes', () => {
    const widths = [...html.matchAll(/<rect x="1" y="1" width="([\d.]+)%"/g)].map((m) => m[1]);
    expect(widths).toEqual(['100.00', '50.00', '75.00']);
  });
});

describe('the map of districts', () => {
  const points = DISTRICTS.map(({ code, name, latitude, longitude, population }) => ({
    code,
    name,
    latitude,
    longitude,
    value: population,
  }));
  const html = renderToStaticMarkup(<DistrictMap caption="Población" districts={points} />);

  it('has one circle for each district', () => {
    expect(html.match(/<circle/g)).toHaveLength(28);
  });

  it('keeps every circle inside its frame', () => {
    for (const [, x, y, r] of html.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"/g)) {
      expect(Number(x) - Number(r)).toBeGreaterThanOrEqual(0);
      expect(Number(x) + Number(r)).toBeLessThanOrEqual(640);
      expect(Number(y) - Number(r)).toBeGreaterThanOrEqual(0);
      expect(Number(y) + Number(r)).toBeLessThanOrEqual(520);
    }
  });

  it('gives circles an area in proportion to the value', () => {
    const radiusOf = (code: string) => {
      const place = points.find((point) => point.code === code);
      const index = [...points]
        .sort((a, b) => b.value - a.value)
        .findIndex((point) => point.code === place?.code);
      return Number([...html.matchAll(/<circle[^>]* r="([\d.]+)"/g)][index]?.[1]);
    };
    const [first, second] = [...points].sort((a, b) => b.value - a.value);
    const ratio = radiusOf(first!.code) ** 2 / radiusOf(second!.code) ** 2;
    expect(ratio).toBeCloseTo(first!.value / second!.value, 1);
  });

  it('draws an unpublished figure as an open circle', () => {
    const hidden = renderToStaticMarkup(
      <DistrictMap
        caption="Votos"
        districts={[
          { ...points[0]!, value: null },
          { ...points[1]!, value: 30 },
        ]}
      />,
    );
    expect(hidden.match(/<circle[^>]*stroke-ink fill-white/g)).toHaveLength(1);
  });
});

describe('the names on a map', () => {
  it('never cover each other: the larger circle keeps its name', () => {
    const circles = [
      { id: 'a', name: 'Grande', x: 50, y: 20, r: 15 },
      { id: 'b', name: 'Pequeño', x: 52, y: 20, r: 5 },
    ];
    const placed = placeLabels(circles, { width: 140, height: 40, fontSize: 16 });
    // No free place is left for the second, near or far.
    expect(placed.map((label) => label.id)).toEqual(['a']);
  });

  it('stand apart with a line to their circle when its sides are taken', () => {
    const circles = [
      { id: 'a', name: 'Huancayo', x: 300, y: 200, r: 40 },
      { id: 'b', name: 'Chilca', x: 300, y: 240, r: 30 },
      { id: 'c', name: 'El Tambo', x: 300, y: 160, r: 30 },
    ];
    const placed = placeLabels(circles, { width: 640, height: 400, fontSize: 16 });
    expect(placed).toHaveLength(3);
    const boxes = placed.map(({ x, y, text, anchor }) => {
      const width = text.length * 16 * 0.56;
      const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
      return { left, right: left + width, top: y - 15, bottom: y + 4 };
    });
    for (const [i, one] of boxes.entries()) {
      for (const other of boxes.slice(i + 1)) {
        const apart =
          one.right <= other.left ||
          other.right <= one.left ||
          one.bottom <= other.top ||
          other.bottom <= one.top;
        expect(apart).toBe(true);
      }
    }
  });

  it('find another side when the right one is taken or outside', () => {
    const [label] = placeLabels([{ id: 'a', name: 'Chilca', x: 180, y: 50, r: 10 }], {
      width: 200,
      height: 100,
      fontSize: 16,
    });
    expect(label?.anchor).toBe('end');
  });
});
