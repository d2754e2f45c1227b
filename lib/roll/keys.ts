import 'server-only';
import { webEnv } from '@/lib/env';
import type { RollKeys } from './types';

/** The roll's secrets as the web process was given them. */
export function rollKeys(): RollKeys {
  const { MINKA_DNI_KEY, MINKA_ROLL_KEY } = webEnv();
  return { dniKey: MINKA_DNI_KEY, rollKey: MINKA_ROLL_KEY };
}
