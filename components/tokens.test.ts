import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../app/globals.css', import.meta.url), 'utf8');

function token(name: string): string {
  const found = new RegExp(`--color-${name}:\\s*(#[0-9a-f]{6})`).exec(css)?.[1];
  if (!found) throw new Error(`No token ${name}`);
  return found;
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(token(one)), luminance(token(other))].sort(
    (a, b) => b - a,
  );
  return (light + 0.05) / (dark + 0.05);
}

/** CIE lightness L*, 0 to 100. */
function lightness(name: string): number {
  return 116 * Math.cbrt(luminance(token(name))) - 16;
}

describe('the tokens', () => {
  it.each([
    ...['paper', 'surface', 'white'].flatMap((ground) =>
      ['ink', 'ink-soft', 'accent', 'ok', 'warn', 'danger'].map((text) => [text, ground]),
    ),
    ['white', 'accent'],
    ['white', 'accent-strong'],
    ['white', 'danger'],
    ['accent', 'accent-soft'],
    ['ok', 'ok-soft'],
    ['warn', 'warn-soft'],
    ['danger', 'danger-soft'],
    ['ink', 'warn-soft'],
    ['accent', 'warn-soft'],
  ])('give the text %s on %s a contrast of 4.5 to 1', (text, ground) => {
    expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['social', 'economica', 'ambiental', 'institucional', 'line-strong'])(
    'let the shape %s stand out from paper by 3 to 1',
    (shape) => {
      expect(contrast(shape, 'paper')).toBeGreaterThanOrEqual(3);
    },
  );

  it('tell the four dimensions apart by lightness alone', () => {
    const steps = ['economica', 'social', 'ambiental', 'institucional'].map(lightness);
    for (const [index, lighter] of steps.slice(0, -1).entries()) {
      expect(lighter - (steps[index + 1] ?? 0)).toBeGreaterThanOrEqual(8);
    }
  });
});
