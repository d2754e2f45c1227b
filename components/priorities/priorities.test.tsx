import { describe, expect, it } from 'vitest';
import { viewFixture } from '@/lib/priorities/view.fixture';
import { render } from '../render.fixture';
import { Backwards } from './backwards';
import { Decisions } from './decisions';
import { Differences } from './differences';
import { Envelopes } from './envelopes';
import { FourWeights } from './four-weights';
import { Provenance } from './provenance';
import { VoiceTable } from './voice-table';
import { VotesTable } from './votes-table';
import { WeightsSum } from './weights-sum';

const proposed = viewFixture();
const adopted = viewFixture({ adopted: true });

describe('the trail from votes to envelopes', () => {
  it.each(['es-PE', 'en'] as const)('has every text it needs in %s', (locale) => {
    for (const view of [proposed, adopted]) {
      const html = render(
        <>
          <FourWeights view={view} />
          <VotesTable document={view.document} />
          <VoiceTable document={view.document} />
          <WeightsSum document={view.document} />
          <Decisions view={view} />
          <Differences view={view} />
          <Envelopes view={view} />
          <Backwards view={view} />
          <Provenance view={view} />
        </>,
        locale,
      );
      expect(html).not.toMatch(/priorities\.|undefined|NaN/);
    }
  });

  it('prints raw counts beside every share', () => {
    const html = render(<VotesTable document={proposed.document} />);
    for (const group of proposed.document.voice.groups) {
      expect(html).toContain(`>${group.ballots.toString()}<`);
      expect(html).toContain(`>${group.votes.ECO.toString()}<`);
    }
  });

  it('leads from every envelope back to the votes, step by step', () => {
    const html = render(<Backwards view={adopted} />);
    const steps = ['#sobre', '#decision', '#propuesta', '#voz', '#votos'];
    const places = steps.map((step) => html.indexOf(`href="${step}"`));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('does not speak of envelopes or decisions before there are any', () => {
    const html = render(<Backwards view={proposed} />);
    expect(html).not.toContain('#sobre');
    expect(html).not.toContain('#decision');
    expect(render(<Differences view={proposed} />)).toBe('');
  });

  it('prints every decision with its reason and who took it', () => {
    const html = render(<Decisions view={adopted} />);
    expect(html.match(/«Como lo pidieron\.»/g)).toHaveLength(4);
    expect(html).toContain('Regidora de prueba');
  });
});
