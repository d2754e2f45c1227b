import type { DimensionId } from '@/lib/plan/types';

/** The vote that counts of one credential (its highest sequence), as the public record proves it. */
export interface CountedBallot {
  /** Its leaf in the public record, hexadecimal. */
  readonly leaf: string;
  /** District group of the token that signed it. */
  readonly group: string;
  /** For every contest the group is entitled to: row ids best first, or proposal ids. */
  readonly choices: Readonly<Record<string, readonly string[]>>;
}

export type ByDimension<T> = Readonly<Record<DimensionId, T>>;

/** One value per dimension, made in the order of `DIMENSION_IDS`. */
export function byDimension<T>(make: (code: DimensionId) => T): ByDimension<T> {
  return { SOC: make('SOC'), ECO: make('ECO'), AMB: make('AMB'), INS: make('INS') };
}

export interface DistrictPlace {
  readonly code: string;
  readonly name: string;
  readonly population: number;
  readonly populationYear: number;
  readonly latitude: number;
  readonly longitude: number;
}
