import { DISTRICTS } from '@/db/seed/districts';
import { demoRoll } from '@/db/seed/roll';
import type { Stack } from './stack';

const SHOWN_DISTRICTS = ['120107', '120114', '120101'];

/** What the terminal says once the demo runs: who may try it and how. */
export function demoPeopleLines(stack: Stack): string[] {
  const roll = demoRoll();
  const residents = SHOWN_DISTRICTS.flatMap((code) => {
    const resident = roll.find((one) => one.districtCode === code);
    const district = DISTRICTS.find((one) => one.code === code);
    return resident && district ? [`${district.name}: DNI ${resident.dni}`] : [];
  });
  return [
    `  Vecinas y vecinos (vota en ${stack.siteUrl}/votar): ${residents.join(' · ')}`,
    `    El código de seis cifras llega a ${stack.siteUrl}/demo/outbox`,
    `  Administradora, mesa, equipo técnico y regidores: ${stack.siteUrl}/demo (entran con un clic, sin contraseña)`,
    `  Pantalla de la asamblea: ${stack.siteUrl}/screen/HYO${stack.fiscalYear % 100}`,
    '  Para terminar: Ctrl-C. Los datos se guardan; para empezar de nuevo: npm run demo -- --reset',
  ];
}
