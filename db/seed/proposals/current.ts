import { CHILCA } from './chilca';
import { EL_TAMBO } from './el-tambo';
import { HUANCAYO } from './huancayo';
import { NOT_ELIGIBLE } from './not-eligible';
import { PARIAHUANCA } from './pariahuanca';
import { PILCOMAYO } from './pilcomayo';
import { PROVINCE_ENVIRONMENT_INSTITUTIONS } from './province-environment-institutions';
import { PROVINCE_SOCIAL_ECONOMIC } from './province-social-economic';
import { SAPALLANGA } from './sapallanga';
import type { SeedProposal } from './types';

/** The proposals of the demonstration's current cycle, by number. */
export const CURRENT_PROPOSALS: readonly SeedProposal[] = [
  ...PROVINCE_SOCIAL_ECONOMIC,
  ...PROVINCE_ENVIRONMENT_INSTITUTIONS,
  ...HUANCAYO,
  ...EL_TAMBO,
  ...CHILCA,
  ...PILCOMAYO,
  ...SAPALLANGA,
  ...PARIAHUANCA,
  ...NOT_ELIGIBLE,
].sort((a, b) => a.number - b.number);
