import type { Access } from './routes';

/**
 * Who may call which server action. An action is an address too: whoever knows its number may post
 * to it, whatever the pages show. A test compares this with the sources and with the build's own list
 * and fails for an action that is missing; another calls each of them with every role and with none.
 */

const administrator = ['administrator'] as const;
const councillor = ['councillor'] as const;
const officer = ['officer'] as const;
const paper = ['officer', 'facilitator'] as const;
const lists = ['officer', 'administrator'] as const;
const everyStaff = [
  'administrator',
  'officer',
  'technical-team',
  'councillor',
  'moderator',
  'facilitator',
  'oversight',
  'auditor',
] as const;

export const ACTIONS = {
  'app/(resident)/agentes/actions.ts': { registerAgent: 'everyone', withdrawOwn: 'everyone' },
  'app/(resident)/padron/actions.ts': {
    askAboutMe: 'everyone',
    giveMyCode: 'everyone',
    leavePadron: 'everyone',
  },
  'app/(resident)/padron/filing.ts': { challengeEntry: 'everyone', askInclusion: 'everyone' },
  'app/(resident)/privacidad/actions.ts': { askAboutData: 'everyone' },
  'app/admin/agents/actions.ts': { takeAgent: lists, accredit: lists },
  'app/admin/letters/actions.ts': { askForLetters: lists },
  'app/admin/challenges/actions.ts': {
    saveDates: administrator,
    takeChallenge: lists,
    takeInclusion: lists,
    decideListMatter: lists,
    rejectFlood: administrator,
    seeDni: lists,
  },
  'app/admin/privacy/actions.ts': {
    takeRequest: lists,
    answerDataRequest: lists,
    extendDataRequest: lists,
    saveIncident: lists,
    noteIncidentTold: lists,
    endIncident: lists,
  },
  'app/(resident)/comprobar/actions.ts': { askByForm: 'everyone' },
  'app/(resident)/votar/[round]/actions.ts': {
    askForCode: 'everyone',
    giveCode: 'everyone',
    forgetMe: 'everyone',
  },
  'app/kiosco/actions.ts': { openBooth: 'everyone' },
  'lib/i18n/actions.ts': { chooseLocale: 'everyone' },
  'app/ingresar/actions.ts': { enterAsDemoPerson: 'everyone', leave: 'everyone' },
  'app/cuenta/actions.ts': {
    addPasskey: everyStaff,
    removePasskey: everyStaff,
    leaveSession: everyStaff,
    leaveEverywhere: everyStaff,
  },
  'app/admin/approvals/actions.ts': {
    decideApproval: administrator,
    withdrawApproval: ['administrator', 'officer'],
  },
  'app/admin/people/actions.ts': {
    invite: administrator,
    inviteAgain: administrator,
    saveRoles: administrator,
    endAccess: administrator,
    endSessions: administrator,
    askToReadmit: administrator,
  },
  'app/admin/plan/actions.ts': { previewPlan: administrator, savePlan: administrator },
  'app/admin/plan/[code]/actions.ts': { saveWords: administrator, saveIndicator: administrator },
  'app/admin/roll/actions.ts': {
    saveMapping: ['officer', 'administrator'],
    propose: ['officer', 'administrator'],
    giveUp: ['officer', 'administrator'],
    addPerson: ['officer', 'administrator'],
    seePerson: administrator,
    takeBack: ['officer', 'administrator'],
  },
  'app/admin/rounds/new/actions.ts': { saveDraft: administrator },
  'app/admin/rounds/[id]/actions.ts': {
    openRound: administrator,
    closeRound: administrator,
    tallyRound: administrator,
    publishRound: administrator,
  },
  'app/council/priorities/[proposal]/actions.ts': {
    decide: councillor,
    adopt: councillor,
    reopen: councillor,
  },
  'app/desk/actions.ts': {
    findPerson: officer,
    handOver: officer,
    callVisitAgain: officer,
    endThisVisit: officer,
    becomeKiosk: officer,
    stopKiosk: officer,
  },
  'app/desk/queue-actions.ts': {
    takeNumber: officer,
    callTheNext: officer,
    attendTurn: officer,
    putTurnBack: officer,
    endTurnAsLeft: officer,
    endTurnWithoutVote: officer,
  },
  'app/desk/shift-actions.ts': {
    beginShift: paper,
    endShift: paper,
    signThisShift: ['officer', 'administrator'],
    writeIncident: paper,
  },
  'app/desk/attendance-actions.ts': {
    openList: paper,
    markPersonPresent: paper,
    countGuest: paper,
    closeList: paper,
  },
  'app/desk/paper/actions.ts': {
    openPaperTable: paper,
    checkIn: paper,
    beginToKey: paper,
    finishToKey: paper,
    discardOwnEntry: paper,
  },
  'app/desk/paper/[table]/keying/actions.ts': { savePaper: paper },
  'app/desk/tablets/actions.ts': {
    askRelease: administrator,
    prepare: ['officer', 'administrator', 'facilitator'],
    giveUp: administrator,
  },
  'app/studio/actions.ts': {
    saveEvaluation: ['technical-team', 'administrator'],
    saveRegistration: ['technical-team', 'officer', 'administrator', 'moderator'],
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Access>>>>;

/**
 * What an open session is not enough for: these ask for a passkey touched just now (decision 0021).
 * A test holds the list against the sources, both ways.
 */
export const FRESH_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'app/cuenta/actions.ts': ['addPasskey', 'removePasskey'],
  'app/admin/approvals/actions.ts': ['decideApproval'],
  'app/admin/challenges/actions.ts': ['saveDates', 'decideListMatter', 'rejectFlood', 'seeDni'],
  'app/admin/letters/actions.ts': ['askForLetters'],
  'app/admin/people/actions.ts': [
    'invite',
    'inviteAgain',
    'saveRoles',
    'endAccess',
    'endSessions',
    'askToReadmit',
  ],
  'app/admin/privacy/actions.ts': ['answerDataRequest'],
  'app/admin/roll/actions.ts': ['propose', 'addPerson', 'seePerson'],
  'app/admin/rounds/[id]/actions.ts': ['openRound', 'closeRound', 'publishRound'],
  'app/desk/tablets/actions.ts': ['askRelease', 'giveUp'],
};

/** Handlers that give out what an open session is not enough for. */
export const FRESH_HANDLERS: readonly string[] = [
  'app/admin/letters/[batch]/pdf/route.ts',
  'app/admin/roll/[id]/report/route.ts',
];
