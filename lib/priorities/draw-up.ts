import { DIMENSION_IDS } from '@/lib/plan/types';
import type { GatedVoice, PublicResult } from '@/lib/results/gate';
import type { ByDimension } from '@/lib/results/types';
import { byDimension } from '@/lib/results/types';
import { ok, refuse, type Result } from '@/lib/shared/result';
import type { PriorityDocument } from './document';
import { type GroupVotes, type PriorityRule } from './types';
import { voiceOfProvince } from './voice';
import { nextWeights } from './weights';

export interface DistrictFigures {
  readonly code: string;
  readonly name: string;
  readonly population: number;
  readonly populationYear: number;
  /** Tenths of a per cent. */
  readonly povertyTenths: number;
  readonly povertyYear: number;
}

export interface DrawUpInput {
  readonly result: PublicResult;
  readonly resultVersion: number;
  readonly nextCycle: string;
  readonly districts: readonly DistrictFigures[];
  /** This cycle's weights in basis points. */
  readonly current: ByDimension<number>;
  readonly rule: PriorityRule;
}

/**
 * Steps 1 and 2 on a result: from what came through the gate (groups too small to be shown speak
 * together, so the sum that is published is the sum that was done) to the proposed weights.
 * Measured in ranking points; in soles assigned when the round ranked nothing. Refused when nobody
 * asked for anything, or when so few voted that no group may be shown.
 */
export function drawUpPriorities(input: DrawUpInput): Result<PriorityDocument, 'nothing-asked'> {
  const { result, rule, current, districts } = input;
  const ranked = result.voices.some((voice) =>
    DIMENSION_IDS.some((code) => voice.ranked.votes[code] > 0),
  );
  const measure = ranked ? 'ranking-points' : 'cents-assigned';
  const figures = new Map(districts.map((each) => [each.code, each]));
  const groups = result.voices.map((voice) =>
    groupVotes(voice, ranked ? voice.ranked : voice.assigned, figures),
  );
  if (groups.length === 0) return refuse('nothing-asked');
  const voice = voiceOfProvince(groups, rule);
  if (!voice.ok) return voice;
  const assignedCents = byDimension((code) =>
    result.voices.reduce((sum, each) => sum + each.assigned.votes[code], 0),
  );
  const used = new Set(groups.flatMap((group) => group.districts));
  return ok({
    v: 1,
    round: result.round,
    cycle: result.cycle,
    nextCycle: input.nextCycle,
    resultVersion: input.resultVersion,
    resultInputHash: result.inputHash,
    measure,
    rule,
    districts: districts
      .filter((each) => used.has(each.code))
      .map(({ code, name, population, populationYear, povertyTenths, povertyYear }) => ({
        code,
        name,
        population,
        populationYear,
        povertyTenths,
        povertyYear,
      })),
    voice: voice.value,
    weights: nextWeights(current, voice.value.voice, rule),
    assignedCents: DIMENSION_IDS.some((code) => assignedCents[code] > 0) ? assignedCents : null,
  });
}

function groupVotes(
  voice: GatedVoice,
  { ballots, votes }: GatedVoice['ranked'],
  figures: ReadonlyMap<string, DistrictFigures>,
): GroupVotes {
  const own = voice.districts.map((code) => figures.get(code)).filter((each) => each !== undefined);
  return {
    id: voice.group,
    name: voice.names.join(', '),
    districts: voice.districts,
    population: own.reduce((sum, each) => sum + each.population, 0),
    need: own.reduce((sum, each) => sum + each.population * each.povertyTenths, 0),
    ballots,
    votes,
  };
}
