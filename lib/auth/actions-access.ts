import type { Access } from './permissions';

/**
 * Who may call which server action. An action is an address too: whoever knows its number may post
 * to it, whatever the pages show. A test compares this with the sources and with the build's own list
 * and fails for an action that is missing; another calls each of them with every role and with none.
 */

const accredit = ['accredit-agents'] as const;
const attendance = ['take-attendance'] as const;
const council = ['decide-priorities'] as const;
const desk = ['serve-at-desk'] as const;
const incidents = ['record-incidents'] as const;
const lists = ['decide-lists'] as const;
const paper = ['work-with-paper'] as const;
const people = ['manage-people'] as const;
const plan = ['import-plan'] as const;
const requests = ['answer-data-requests'] as const;
const roll = ['import-roll'] as const;
const rounds = ['manage-rounds'] as const;
const shifts = ['keep-shifts'] as const;
const words = ['edit-plan'] as const;

export const ACTIONS = {
  'app/(resident)/agentes/actions.ts': { registerAgent: 'everyone', withdrawOwn: 'everyone' },
  'app/(resident)/padron/actions.ts': {
    askAboutMe: 'everyone',
    giveMyCode: 'everyone',
    leavePadron: 'everyone',
  },
  'app/(resident)/padron/filing.ts': { challengeEntry: 'everyone', askInclusion: 'everyone' },
  'app/(resident)/privacidad/actions.ts': { askAboutData: 'everyone' },
  'app/admin/agents/actions.ts': { takeAgent: accredit, accredit: accredit },
  'app/admin/letters/actions.ts': { askForLetters: ['print-letters'] },
  'app/admin/challenges/actions.ts': {
    saveDates: rounds,
    takeChallenge: lists,
    takeInclusion: lists,
    decideListMatter: lists,
    rejectFlood: ['reject-filings'],
    seeDni: lists,
  },
  'app/admin/privacy/actions.ts': {
    takeRequest: requests,
    answerDataRequest: requests,
    extendDataRequest: requests,
    saveIncident: incidents,
    noteIncidentTold: incidents,
    endIncident: incidents,
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
    addPasskey: 'staff',
    removePasskey: 'staff',
    leaveSession: 'staff',
    leaveEverywhere: 'staff',
  },
  'app/admin/approvals/actions.ts': {
    decideApproval: ['decide-approvals'],
    withdrawApproval: ['withdraw-requests'],
  },
  'app/admin/people/actions.ts': {
    invite: people,
    inviteAgain: people,
    saveRoles: people,
    endAccess: people,
    endSessions: people,
    askToReadmit: ['readmit-people'],
  },
  'app/admin/plan/actions.ts': { previewPlan: plan, savePlan: plan },
  'app/admin/plan/[code]/actions.ts': { saveWords: words, saveIndicator: words },
  'app/admin/roll/actions.ts': {
    saveMapping: roll,
    propose: roll,
    giveUp: roll,
    addPerson: roll,
    seePerson: ['approve-roll'],
    takeBack: roll,
  },
  'app/admin/rounds/new/actions.ts': { saveDraft: rounds },
  'app/admin/rounds/[id]/actions.ts': {
    openRound: rounds,
    closeRound: rounds,
    tallyRound: rounds,
    publishRound: ['publish-results'],
  },
  'app/council/priorities/[proposal]/actions.ts': {
    decide: council,
    adopt: council,
    reopen: council,
  },
  'app/desk/actions.ts': {
    findPerson: desk,
    handOver: desk,
    callVisitAgain: desk,
    endThisVisit: desk,
    becomeKiosk: desk,
    stopKiosk: desk,
  },
  'app/desk/queue-actions.ts': {
    takeNumber: desk,
    callTheNext: desk,
    attendTurn: desk,
    putTurnBack: desk,
    endTurnAsLeft: desk,
    endTurnWithoutVote: desk,
  },
  'app/desk/shift-actions.ts': {
    beginShift: shifts,
    endShift: ['keep-shifts', 'close-others-shifts'],
    signThisShift: ['sign-shifts'],
    writeIncident: shifts,
  },
  'app/desk/attendance-actions.ts': {
    openList: attendance,
    markPersonPresent: attendance,
    countGuest: attendance,
    closeList: attendance,
  },
  'app/desk/paper/actions.ts': {
    openPaperTable: paper,
    checkIn: paper,
    beginToKey: paper,
    finishToKey: paper,
    discardOneEntry: ['work-with-paper', 'discard-paper-entries'],
  },
  'app/desk/paper/[table]/keying/actions.ts': { savePaper: paper },
  'app/desk/tablets/actions.ts': {
    askRelease: ['give-up-tablets'],
    prepare: ['handle-tablets'],
    giveUp: ['give-up-tablets'],
  },
  'app/studio/actions.ts': {
    saveEvaluation: ['evaluate-proposals'],
    saveRegistration: ['register-proposals'],
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
