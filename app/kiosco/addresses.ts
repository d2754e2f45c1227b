import type { Route } from 'next';

/** The waiting page of a kiosk, or its booth. */
export function kioskPage(step?: 'cabina', problem?: string): Route {
  const page = `/kiosco${step === undefined ? '' : `/${step}`}`;
  return (problem === undefined ? page : `${page}?problema=${problem}`) as Route;
}
