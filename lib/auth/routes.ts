import type { Actor } from './actor';
import { passes, type Access } from './permissions';

/**
 * Who may open what: every address of the site, with the acts that it is there for. A test compares
 * this with the files below `app/` and fails for an address that is missing; another walks all of
 * them with every role and with none.
 */
const accredit = ['accredit-agents'] as const;
const approvals = ['see-approvals', 'withdraw-requests'] as const;
const attendance = ['take-attendance'] as const;
const audit = ['see-audit'] as const;
const council = ['decide-priorities'] as const;
const desk = ['serve-at-desk'] as const;
const incidents = ['record-incidents'] as const;
const letters = ['print-letters'] as const;
const lists = ['decide-lists'] as const;
const paper = ['work-with-paper'] as const;
const paperSeen = ['work-with-paper', 'discard-paper-entries'] as const;
const people = ['manage-people'] as const;
const privacy = ['answer-data-requests', 'record-incidents'] as const;
const requests = ['answer-data-requests'] as const;
const roll = ['import-roll'] as const;
const rounds = ['manage-rounds'] as const;
const shifts = ['keep-shifts', 'sign-shifts'] as const;
const studio = ['register-proposals'] as const;
const tablets = ['handle-tablets'] as const;

export const ROUTES = {
  '/': 'everyone',
  '/accesibilidad': 'everyone',
  '/ayuda': 'everyone',
  '/ciclos/[cycle]': 'everyone',
  '/como-se-cuenta': 'everyone',
  '/comprobar': 'everyone',
  '/agentes': 'everyone',
  '/agentes/lista.csv': 'everyone',
  '/agentes/registro': 'everyone',
  '/padron': 'everyone',
  '/padron/codigo': 'everyone',
  '/padron/constancia': 'everyone',
  '/padron/inclusion': 'everyone',
  '/padron/respuesta': 'everyone',
  '/padron/tacha': 'everyone',
  '/limite': 'everyone',
  '/plan': 'everyone',
  '/plan/[row]': 'everyone',
  '/prioridades/[cycle]': 'everyone',
  '/privacidad': 'everyone',
  '/privacidad/mis-datos': 'everyone',
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
  '/votar/[round]/identidad': 'everyone',
  '/votar/[round]/mi-derecho': 'everyone',
  '/votar/[round]/sin-codigo': 'everyone',
  '/screen/[code]': 'everyone',
  '/screen/[code]/state': 'everyone',
  '/ingresar': 'everyone',
  '/demo': 'everyone',
  '/demo/outbox': 'everyone',
  '/demo/outbox.json': 'everyone',
  '/api/credential': 'everyone',
  '/api/health': 'everyone',
  '/api/identity': 'everyone',
  '/api/identity/callback': 'everyone',
  '/api/oidc/start': 'everyone',
  '/api/oidc/callback': 'everyone',
  '/api/sms/[secret]': 'everyone',
  '/api/passkeys/sign-in': 'everyone',
  '/api/passkeys/sign-in/options': 'everyone',
  '/api/passkeys/enrol': 'everyone',
  '/api/passkeys/enrol/options': 'everyone',
  '/api/v1/rounds/[round]/pabulib/[contest]': 'everyone',
  '/kiosco': 'everyone',
  '/kiosco/cabina': 'everyone',
  '/kiosco/fin': 'everyone',
  '/kiosco/manifest.webmanifest': 'everyone',
  '/verify': 'everyone',
  '/verify/[file]': 'everyone',
  '/tablet/manifest.webmanifest': 'everyone',
  '/tablet/sw.js': 'everyone',
  '/cuenta': 'staff',
  '/cuenta/confirmar': 'staff',
  '/api/passkeys/step-up': 'staff',
  '/api/passkeys/step-up/options': 'staff',
  '/admin': ['see-overview'],
  '/admin/agents': accredit,
  '/admin/agents/new': accredit,
  '/admin/agents/[id]': accredit,
  '/admin/challenges': lists,
  '/admin/challenges/new': lists,
  '/admin/challenges/[what]/[id]': lists,
  '/admin/privacy': privacy,
  '/admin/privacy/register': privacy,
  '/admin/privacy/requests/new': requests,
  '/admin/privacy/requests/[id]': requests,
  '/admin/privacy/incidents/new': incidents,
  '/admin/privacy/incidents/[id]': incidents,
  '/admin/approvals': approvals,
  '/admin/audit': audit,
  '/admin/audit/export': audit,
  '/admin/people': people,
  '/admin/people/[id]': people,
  '/admin/roll': roll,
  '/admin/roll/[id]': roll,
  '/admin/roll/[id]/report': roll,
  '/admin/roll/add': roll,
  '/admin/roll/additions/[id]': roll,
  '/admin/roll/files': roll,
  '/admin/roll/files/[id]': roll,
  '/admin/roll/phones': roll,
  '/admin/plan': ['import-plan', 'edit-plan'],
  '/admin/plan/[code]': ['edit-plan'],
  '/admin/letters': letters,
  '/admin/letters/[batch]/pdf': letters,
  '/admin/rounds': rounds,
  '/admin/rounds/new': rounds,
  '/admin/rounds/[id]': rounds,
  '/admin/rounds/[id]/tally': ['see-unpublished-tally'],
  '/council': council,
  '/council/priorities': council,
  '/council/priorities/[proposal]': council,
  '/desk': desk,
  '/desk/attendance': attendance,
  '/desk/attendance/[assembly]': attendance,
  '/desk/attendance/[assembly]/sheet': attendance,
  '/desk/kiosks': desk,
  '/desk/paper': paperSeen,
  '/desk/paper/[table]': paperSeen,
  '/desk/paper/[table]/close': paper,
  '/desk/paper/[table]/keying': paper,
  '/desk/paper/[table]/minutes': paper,
  '/desk/paper/[table]/photo': paperSeen,
  '/desk/paper/[table]/sample': paperSeen,
  '/desk/paper/cedula/[round]/[group]': paper,
  '/desk/people/[round]': desk,
  '/desk/people/[round]/[resident]': desk,
  '/desk/people/[round]/slip': desk,
  '/desk/shifts': shifts,
  '/desk/shifts/[shift]': shifts,
  '/desk/turns/[turn]': desk,
  '/desk/turns/[turn]/slip': desk,
  '/desk/visits/[visit]': desk,
  '/desk/tablets': tablets,
  '/desk/tablets/new': tablets,
  '/desk/tablets/[id]': tablets,
  '/tablet/[id]': tablets,
  '/api/tablets/[id]/load': tablets,
  '/api/tablets/[id]/minutes': tablets,
  '/api/tablets/[id]/sync': tablets,
  '/studio': studio,
  '/studio/nueva': studio,
  '/studio/[code]': studio,
} as const satisfies Readonly<Record<string, Access>>;

const access: Readonly<Record<string, Access>> = ROUTES;

/** Nobody is shown the way to a page that would refuse her. */
export function opens(actor: Actor, route: string): boolean {
  return passes(actor, access[route] ?? []);
}
