import 'server-only';
import { headers } from 'next/headers';
import { registry } from '@/db/registry/client';
import { webEnv } from '@/lib/env';
import { createLog } from '@/lib/shared/log';
import { clientAddress } from './address';
import type { BudgetName } from './budgets';
import { limitsOver, type Limits } from './store';
import type { Spent } from './types';

const holder = globalThis as typeof globalThis & { minkaLimits?: Limits };

/** The budgets of this web process. */
function limits(): Limits {
  return (holder.minkaLimits ??= limitsOver(
    registry(),
    { secret: webEnv().MINKA_DNI_KEY, factor: webEnv().MINKA_LIMIT_FACTOR },
    (error) => {
      createLog('web').error({ err: error }, 'limits');
    },
  ));
}

/** Takes one act out of a budget; call it before the act, and refuse the act when it is not ok. */
export async function spend(budget: BudgetName, key: string | Uint8Array): Promise<Spent> {
  return limits().spend(budget, key);
}

/** The same by the address of the request that is being answered. */
export async function spendByAddress(budget: BudgetName, request?: Request): Promise<Spent> {
  const from = request === undefined ? await headers() : request.headers;
  return spend(budget, clientAddress(from, webEnv().MINKA_TRUSTED_PROXIES));
}
