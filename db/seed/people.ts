import type { STAFF_ROLES } from '@/db/registry/schema';

export interface DemoPerson {
  readonly id: string;
  readonly displayName: string;
  readonly email: string;
  readonly role: (typeof STAFF_ROLES)[number];
}

/** The staff of the demonstration. Nobody real: the names say so and the addresses cannot exist. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    id: 'demo-admin',
    displayName: 'Ana Paucar (demo)',
    email: 'ana.paucar@demo.invalid',
    role: 'administrator',
  },
  {
    id: 'demo-officer',
    displayName: 'Óscar Ticse (demo)',
    email: 'oscar.ticse@demo.invalid',
    role: 'officer',
  },
  {
    id: 'demo-officer-2',
    displayName: 'Olga Huamán (demo)',
    email: 'olga.huaman@demo.invalid',
    role: 'officer',
  },
  {
    id: 'demo-officer-3',
    displayName: 'Orlando Meza (demo)',
    email: 'orlando.meza@demo.invalid',
    role: 'officer',
  },
  {
    id: 'demo-technical',
    displayName: 'Teresa Quinto (demo)',
    email: 'teresa.quinto@demo.invalid',
    role: 'technical-team',
  },
  {
    id: 'demo-councillor-1',
    displayName: 'Regidora Rosa Inga (demo)',
    email: 'rosa.inga@demo.invalid',
    role: 'councillor',
  },
  {
    id: 'demo-councillor-2',
    displayName: 'Regidor Raúl Canchanya (demo)',
    email: 'raul.canchanya@demo.invalid',
    role: 'councillor',
  },
  {
    id: 'demo-admin-2',
    displayName: 'Alberto Rojas (demo)',
    email: 'alberto.rojas@demo.invalid',
    role: 'administrator',
  },
  {
    id: 'demo-moderator',
    displayName: 'Mónica Vílchez (demo)',
    email: 'monica.vilchez@demo.invalid',
    role: 'moderator',
  },
  {
    id: 'demo-facilitator',
    displayName: 'Fausto Aliaga (demo)',
    email: 'fausto.aliaga@demo.invalid',
    role: 'facilitator',
  },
  {
    id: 'demo-oversight',
    displayName: 'Vilma Poma (demo)',
    email: 'vilma.poma@demo.invalid',
    role: 'oversight',
  },
  {
    id: 'demo-auditor',
    displayName: 'Aurelio Castro (demo)',
    email: 'aurelio.castro@demo.invalid',
    role: 'auditor',
  },
];
