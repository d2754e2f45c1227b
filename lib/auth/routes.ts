import type { Role } from './roles';

/**
 * Who may open what: every address of the site, with the roles that it asks for. `everyone` includes
 * the addresses of a voter, which know the person by a cookie of their own and answer nothing to
 * others. A test compares this with the files below `app/` and fails for an address that is missing;
 * another walks all of them with every role and with none.
 */
export type Access = 'everyone' | readonly Role[];

const administrator = ['administrator'] as const;
const councillor = ['councillor'] as const;
const officer = ['officer'] as const;
const paper = ['officer', 'facilitator'] as const;
const paperView = ['officer', 'facilitator', 'administrator'] as const;
const desk = ['officer', 'administrator', 'facilitator'] as const;
const anyone = [
  'administrator',
  'officer',
  'technical-team',
  'councillor',
  'moderator',
  'facilitator',
  'oversight',
  'auditor',
] as const;
/** Who looks over the shoulder of the administration, and changes nothing. */
const watchers = ['administrator', 'oversight', 'auditor'] as const;
const studio = ['technical-team', 'officer', 'administrator', 'moderator'] as const;

export const ROUTES = {
  '/': 'everyone',
  '/accesibilidad': 'everyone',
  '/ayuda': 'everyone',
  '/ciclos/[cycle]': 'everyone',
  '/como-se-cuenta': 'everyone',
  '/comprobar': 'everyone',
  '/plan': 'everyone',
  '/plan/[row]': 'everyone',
  '/prioridades/[cycle]': 'everyone',
  '/privacidad': 'everyone',
  '/propuestas': 'everyone',
  '/propuestas/[code]': 'everyone',
  '/quien-puede-que': 'everyone',
  '/resultados': 'everyone',
  '/resultados/[round]': 'everyone',
  '/seguimiento': 'everyone',
  '/votar': 'everyone',
  '/votar/[round]': 'everyone',
  '/votar/[round]/afiche': 'everyone',
  '/votar/[round]/cabina': 'everyone',
  '/votar/[round]/codigo': 'everyone',
  '/votar/[round]/dni': 'everyone',
  '/votar/[round]/mi-derecho': 'everyone',
  '/votar/[round]/sin-codigo': 'everyone',
  '/screen/[code]': 'everyone',
  '/screen/[code]/state': 'everyone',
  '/ingresar': 'everyone',
  '/demo': 'everyone',
  '/demo/outbox': 'everyone',
  '/demo/outbox.json': 'everyone',
  '/api/auth/[...nextauth]': 'everyone',
  '/api/credential': 'everyone',
  '/api/health': 'everyone',
  '/api/passkeys/sign-in': 'everyone',
  '/api/passkeys/sign-in/options': 'everyone',
  '/api/passkeys/enrol': 'everyone',
  '/api/passkeys/enrol/options': 'everyone',
  '/api/v1/rounds/[round]/pabulib/[contest]': 'everyone',
  '/kiosco': 'everyone',
  '/kiosco/cabina': 'everyone',
  '/kiosco/fin': 'everyone',
  '/verify': 'everyone',
  '/verify/[file]': 'everyone',
  '/tablet/manifest.webmanifest': 'everyone',
  '/tablet/sw.js': 'everyone',
  '/cuenta': anyone,
  '/cuenta/confirmar': anyone,
  '/api/passkeys/step-up': anyone,
  '/api/passkeys/step-up/options': anyone,
  '/admin': watchers,
  '/admin/approvals': watchers,
  '/admin/audit': watchers,
  '/admin/audit/export': watchers,
  '/admin/people': administrator,
  '/admin/people/[id]': administrator,
  '/admin/plan': administrator,
  '/admin/plan/[code]': administrator,
  '/admin/rounds': administrator,
  '/admin/rounds/new': administrator,
  '/admin/rounds/[id]': administrator,
  '/admin/rounds/[id]/tally': administrator,
  '/council': councillor,
  '/council/priorities': councillor,
  '/council/priorities/[proposal]': councillor,
  '/desk': officer,
  '/desk/kiosks': officer,
  '/desk/paper': paper,
  '/desk/paper/[table]': paper,
  '/desk/paper/[table]/close': paper,
  '/desk/paper/[table]/keying': paper,
  '/desk/paper/[table]/minutes': paper,
  '/desk/paper/[table]/photo': paperView,
  '/desk/paper/[table]/sample': paperView,
  '/desk/paper/cedula/[round]/[group]': paper,
  '/desk/people/[round]': officer,
  '/desk/people/[round]/[resident]': officer,
  '/desk/visits/[visit]': officer,
  '/desk/tablets': desk,
  '/desk/tablets/new': desk,
  '/desk/tablets/[id]': desk,
  '/tablet/[id]': desk,
  '/api/tablets/[id]/load': desk,
  '/api/tablets/[id]/minutes': desk,
  '/api/tablets/[id]/sync': desk,
  '/studio': studio,
  '/studio/nueva': studio,
  '/studio/[code]': studio,
} as const satisfies Readonly<Record<string, Access>>;
