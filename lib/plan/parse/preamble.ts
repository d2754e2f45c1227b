import type { ParsedPlan, PlanWarning } from '../types';
import { fold } from './words';

export interface Paragraph {
  readonly line: number;
  readonly text: string;
}

type Preamble = Pick<ParsedPlan, 'title' | 'introduction' | 'vision' | 'citation'> & {
  readonly visionYear: ParsedPlan['horizons']['vision'];
  readonly warnings: readonly PlanWarning[];
};

/** Longer than this, a line that starts with "Visión" is the vision, not its heading. */
const MAX_VISION_HEADING = 120;

/** Title, introduction, vision and citation: what stands before the first dimension. */
export function readPreamble(paragraphs: readonly Paragraph[]): Preamble {
  const [first, ...others] = paragraphs;
  const visionAt = others.findIndex(
    ({ text }) => /^[\W\d]*vision\b/.test(fold(text)) && text.length <= MAX_VISION_HEADING,
  );
  const before = visionAt < 0 ? others : others.slice(0, visionAt);
  const heading = visionAt < 0 ? undefined : others[visionAt];
  const after = visionAt < 0 ? [] : others.slice(visionAt + 1);
  const { vision, rest } = takeVision(after);
  const citationIn = (list: readonly Paragraph[]) =>
    list.find(({ text }) => /^\(.*\)\.?$/su.test(text));
  const citation = citationIn(rest) ?? citationIn(before);
  return {
    title: first?.text ?? null,
    introduction: before.filter((paragraph) => paragraph !== citation).map(({ text }) => text),
    vision:
      heading === undefined
        ? null
        : {
            heading: heading.text,
            paragraphs: vision.map(({ text }) => text),
            line: heading.line,
          },
    citation: citation?.text ?? null,
    visionYear: heading === undefined ? null : yearIn(heading.text, heading.line),
    warnings: rest
      .filter((paragraph) => paragraph !== citation)
      .map(({ line, text }) => ({ kind: 'unplaced-line', line, ids: [], text })),
  };
}

/** The vision runs from its opening quote to its closing one, over paragraphs; without quotes it is one paragraph. */
function takeVision(after: readonly Paragraph[]): { vision: Paragraph[]; rest: Paragraph[] } {
  const quoted = /^[“"«]/u.test(after[0]?.text ?? '');
  const end = quoted
    ? after.findIndex(({ text }) => /[”"»][.]?$/u.test(text) && text.length > 1)
    : 0;
  // A quote that is never closed must not swallow the document: it ends at the citation.
  const citation = after.findIndex(({ text }) => text.startsWith('('));
  const last = end >= 0 ? end : citation > 0 ? citation - 1 : 0;
  return { vision: after.slice(0, last + 1), rest: after.slice(last + 1) };
}

/** The last year a heading names: "2013-2021" looks towards 2021. */
export function yearIn(text: string, line: number): { year: number; line: number } | null {
  const year = text.match(/\b20\d\d\b/g)?.at(-1);
  return year === undefined ? null : { year: Number(year), line };
}
