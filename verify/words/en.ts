import type { Words } from './words';
import { amount, limaTime, line, several } from './phrases';

const checked = (ballots: string | number | undefined): string =>
  `${several(ballots, 'ballot was', 'ballots were')} checked`;

const replaced = (count: string | number | undefined): string =>
  Number(count ?? 0) === 0
    ? 'Nobody changed a vote.'
    : Number(count) === 1
      ? 'One ballot was replaced by a newer one and does not count.'
      : `${amount(count)} ballots were replaced by a newer one and do not count.`;

export const en: Words = {
  tool: 'Minka verifier',
  checks: {
    V1: 'The rules are the published ones',
    V2: 'The record is signed',
    V3: 'The record only grew',
    V4: 'The hashes give the signed root',
    V5: 'Nothing is missing, nothing is extra',
    V6: 'Every ballot carries a valid credential',
    V7: 'Every ballot is signed by its voter',
    V8: 'Every ballot keeps the rules',
    V9: 'Of each voter only the last ballot counts',
    V10: 'The announced count is right',
    V11: 'What the screen showed was true',
    V12: 'No more votes than rights given out',
    V13: 'The paper minutes add up',
    V14: 'The administrative log goes forward',
    V15: 'Nothing was added after the close',
  },
  passed: {
    V1: (f) =>
      `The manifest, with all the rules, is the first entry of the record. Its hash: ${f['hash'] ?? ''}.`,
    V2: (f) =>
      `The ballot box signed ${several(f['checkpoints'], 'checkpoint', 'checkpoints')}.` +
      (Number(f['declared']) === 0
        ? ' This round declared no witnesses.'
        : Number(f['witnesses']) === 0
          ? ` No witness has signed the last one yet; ${amount(f['declared'])} declared.`
          : ` ${amount(f['witnesses'])} of ${several(f['declared'], 'witness', 'witnesses')} signed the last one: ${f['names'] ?? ''}.`),
    V3: (f) =>
      Number(f['checkpoints']) === 1
        ? `There is a single checkpoint, of ${several(f['size'], 'entry', 'entries')}.`
        : `The ${amount(f['checkpoints'])} checkpoints tell one story, up to ${several(f['size'], 'entry', 'entries')}.`,
    V4: (f) =>
      `What is published (${several(f['leaves'], 'hash', 'hashes')}) gives exactly the root that the ballot box signed.`,
    V5: (f) =>
      `Everything was read: ${several(f['ballots'], 'ballot', 'ballots')} and ${several(f['notes'], 'note', 'notes')}, each in its place.`,
    V6: (f) =>
      `${checked(f['ballots'])}: each carries a credential that was issued for its district.`,
    V7: (f) =>
      `${checked(f['ballots'])}: each is signed with the key of its credential, and none was altered.`,
    V8: (f) =>
      `${checked(f['ballots'])}: each chooses only what the rules allow, within every envelope.`,
    V9: (f) =>
      `${several(f['voters'], 'credential', 'credentials')} voted. ${replaced(f['replaced'])}`,
    V10: (f) =>
      `Everything was counted again, ${several(f['ballots'], 'ballot', 'ballots')} in ${several(f['contests'], 'contest', 'contests')}: same winners, costs, points and ties.`,
    V11: (f) =>
      Number(f['files']) === 0
        ? 'This round showed no results before the close.'
        : `The screen showed new figures ${several(f['files'], 'time', 'times')}, always those of the ballots of that moment.`,
    V12: (f) =>
      `In every group at most those voted who were given a right, and there ${Number(f['receipts']) === 1 ? 'is' : 'are'} ${several(f['receipts'], 'receipt', 'receipts')}, one per ballot.`,
    V13: (f) =>
      Number(f['minutes']) + Number(f['tablets']) === 0
        ? 'There were no paper tables and no tablets without a network.'
        : `The minutes, ${amount(f['minutes'])} of paper tables and ${amount(f['tablets'])} of tablets, add up: two people keyed every pile and the sums are those of the minutes.`,
    V14: (f) =>
      `${several(f['heads'], 'head', 'heads')} of the log (one a day and one with the seal), in order.`,
    V15: (f) =>
      `The record has ${several(f['size'], 'entry', 'entries')}, and the last one is the closing note.`,
  },
  waiting: 'Cannot be checked yet: voting has not ended and the ballots are still secret.',
  waitingTally: 'No count has been announced yet. Below is the one this verifier makes.',
  blocked: 'Could not be checked because of the problems above.',
  findings: {
    'file-missing': (p) => `The file ${p['file'] ?? ''} is missing.`,
    'file-malformed': (p) =>
      `The file ${p['file'] ?? ''} is incomplete or does not have the due form.`,
    'file-too-large': (p) => `The file ${p['file'] ?? ''} is far larger than it can be.`,
    'index-differs': (p) =>
      `The index of the record does not match what there is (${p['field'] ?? ''}).`,
    'manifest-invalid': (p) => `The manifest does not have the due form: ${p['problem'] ?? ''}.`,
    'manifest-other-hash': (p) =>
      `The manifest is not the one on the poster: its hash is ${p['hash'] ?? ''}, expected ${p['expected'] ?? ''}.`,
    'manifest-not-leaf-0': () =>
      'The manifest is not the one that opened the record: the rules were changed.',
    'manifest-key-invalid': () => 'A key of the manifest is not valid.',
    'checkpoint-malformed': (p) => `The checkpoint ${p['file'] ?? ''} does not have the due form.`,
    'checkpoint-other-origin': (p) =>
      `The checkpoint ${p['file'] ?? ''} is of another record (${p['origin'] ?? ''}).`,
    'checkpoint-unsigned': (p) =>
      `The checkpoint ${p['file'] ?? ''} is not signed by the ballot box.`,
    'cosignature-invalid': (p) =>
      `In ${p['file'] ?? ''}, the signature of the witness ${p['witness'] ?? ''} is forged.`,
    'checkpoint-other-size': (p) =>
      `The checkpoint ${p['file'] ?? ''} says it has ${amount(p['size'])} entries.`,
    'checkpoints-fork': (p) =>
      `There are two versions of the record: the checkpoint of ${amount(p['size'])} entries contradicts the last one.`,
    'checkpoint-not-prefix': (p) =>
      `What the ballot box signed with ${amount(p['size'])} entries is no longer in the record: something was changed.`,
    'older-not-of-this-record': () =>
      'The older checkpoint you gave is not of this record, or not signed by the ballot box.',
    'older-is-larger': (p) =>
      `The older checkpoint had ${amount(p['older'])} entries and now there are ${amount(p['size'])}: the record shrank.`,
    'older-not-prefix': (p) =>
      `The first ${amount(p['size'])} entries are not those of the older checkpoint: the record was rewritten.`,
    'leaves-incomplete': (p) => `Hashes are missing in ${p['file'] ?? ''}.`,
    'leaves-too-many': (p) =>
      `${p['file'] ?? ''} has ${amount(p['extra'])} hashes that nobody signed.`,
    'root-differs': (p) =>
      `The ${amount(p['leaves'])} published hashes do not give the signed root.`,
    'note-not-its-leaf': (p) =>
      `The note at place ${amount(p['position'])} is not the one that was recorded.`,
    'note-out-of-place': (p) => `The note of line ${amount(p['line'])} is out of place.`,
    'note-malformed': (p) => `The note of line ${amount(p['line'])} does not have the due form.`,
    'note-of-other-round': (p) =>
      `The note at place ${amount(p['position'])} is of another round (${p['round'] ?? ''}).`,
    'ballot-not-its-leaf': (p) =>
      `${line(p, 'en')} is not the ballot that was recorded in that place.`,
    'ballot-missing': (p) => `${amount(p['missing'])} recorded ballots are missing.`,
    'ballot-extra': (p) => `${line(p, 'en')} is not in the signed record.`,
    'ballots-before-seal': () => 'Ballots were published before the record was sealed.',
    'group-unknown': (p) => `${line(p, 'en')} claims a group that does not exist.`,
    'token-invalid': (p) => `${line(p, 'en')} has no valid credential of its district.`,
    'signature-invalid': (p) =>
      `${line(p, 'en')} is not signed by its voter: it was altered or invented.`,
    'ballot-malformed': (p) => `${line(p, 'en')} is not written as a ballot.`,
    'ballot-of-other-round': (p) => `${line(p, 'en')} is of another round or of other rules.`,
    'choices-invalid': (p) =>
      `${line(p, 'en')} chooses what the rules do not allow (${p['reason'] ?? ''}).`,
    'paper-choices-invalid': (p) =>
      `Ballot ${amount(p['line'])} of the minutes ${p['minutes'] ?? ''} chooses what the rules do not allow (${p['reason'] ?? ''}).`,
    'sequence-twice': (p) =>
      `Alarm: two ballots of one credential have the number ${amount(p['sequence'])}. The second: ${line(p, 'en')}.`,
    'chain-gap': (p) =>
      `The ballot at place ${amount(p['position'])}, number ${amount(p['sequence'])}, lacks the one before it.`,
    'chain-broken': (p) =>
      `The ballot at place ${amount(p['position'])} says it replaces one that is not the one before it.`,
    'credential-two-groups': (p) => `${line(p, 'en')}: the same key voted in two groups.`,
    'tally-malformed': (p) => `The file ${p['file'] ?? ''} does not have the due form.`,
    'tally-before-seal': () => 'A count was announced before the record was sealed.',
    'tally-other-manifest': () => 'The announced count is of another round or of other rules.',
    'tally-other-root': () => 'The announced count was made over another record.',
    'tally-other-engine': (p) =>
      `The count was made with another version of the program (${p['announced'] ?? ''}); this verifier uses ${p['own'] ?? ''}.`,
    'lot-seed-differs': () =>
      'The seed of the lot is not the one that was committed to before the vote.',
    'tally-other-ballots': (p) =>
      `${amount(p['announced'])} ballots were announced and there are ${amount(p['own'])}.`,
    'tally-other-contests': () => 'The announced count does not have the contests of this round.',
    'tally-other-winners': (p) =>
      `In ${p['contest'] ?? ''}, the announced winners are not those the ballots give.`,
    'tally-other-ranking': (p) =>
      `In ${p['contest'] ?? ''}, the announced order or points are not those the ballots give.`,
    'tally-other-cost': (p) =>
      `In ${p['contest'] ?? ''}, the announced cost is ${amount(p['announced'])} céntimos and must be ${amount(p['own'])}.`,
    'tally-other-voters': (p) =>
      `In ${p['contest'] ?? ''}, ${amount(p['announced'])} voters were announced and there are ${amount(p['own'])}, or the blank ballots differ.`,
    'tally-other-ties': (p) =>
      `In ${p['contest'] ?? ''}, the announced ties are not those the rules give.`,
    'live-not-allowed': (p) =>
      `Figures were published (${p['file'] ?? ''}) although the rules allowed none before the close.`,
    'live-malformed': (p) => `The file ${p['file'] ?? ''} does not have the due form.`,
    'live-differs': (p) =>
      `What the screen showed in ${p['file'] ?? ''} is not what the ballots gave.`,
    'live-too-soon': (p) =>
      `${p['file'] ?? ''} showed new figures with ${amount(p['gained'])} more voters; the minimum is ${amount(p['minGroup'])}.`,
    'issuance-missing': () => 'The account of the rights given out is missing.',
    'issuance-twice': () => 'There is more than one account of the rights given out.',
    'issuance-unknown-group': (p) =>
      `The account of rights names a group that does not exist (${p['group'] ?? ''}).`,
    'more-seen-than-issued': (p) =>
      `In group ${p['group'] ?? ''}, ${amount(p['seen'])} credentials voted and only ${amount(p['issued'])} were given out.`,
    'more-issued-than-eligible': (p) =>
      `In group ${p['group'] ?? ''}, ${amount(p['issued'])} rights were given out and the roll has ${amount(p['eligible'])} people.`,
    'more-paper-than-issued': (p) =>
      `In group ${p['group'] ?? ''}, there are ${amount(p['seen'])} paper ballots and only ${amount(p['issued'])} were given out.`,
    'more-check-ins-than-issued': (p) =>
      `In group ${p['group'] ?? ''}, the paper minutes say ${amount(p['checkIns'])} people and only ${amount(p['issued'])} rights on paper were given out.`,
    'receipts-differ': (p) =>
      `${p['file'] ?? ''} has ${amount(p['receipts'])} receipts for ${amount(p['ballots'])} ballots.`,
    'receipts-other-total': (p) =>
      `The whole record has ${amount(p['receipts'])} receipts for ${amount(p['ballots'])} ballots.`,
    'receipts-unsorted': (p) =>
      `The receipts of ${p['file'] ?? ''} are not in order: they would tell who voted first.`,
    'receipt-invalid': (p) => `${p['file'] ?? ''} has a receipt that is not one.`,
    'receipt-twice': () => 'One receipt appears twice: two people were shown the same ballot.',
    'minutes-twice': (p) => `The minutes ${p['minutes'] ?? ''} appear twice.`,
    'minutes-unknown-group': (p) =>
      `The minutes ${p['minutes'] ?? ''} are of a group that does not exist (${p['group'] ?? ''}).`,
    'minutes-too-many-ballots': (p) =>
      `The minutes ${p['minutes'] ?? ''} have ${amount(p['ballots'])} valid and ${amount(p['spoiled'])} spoiled ballots for ${amount(p['checkIns'])} people.`,
    'pile-without-minutes': (p) =>
      `Paper ballots of ${p['minutes'] ?? ''} were counted without closing minutes.`,
    'pile-before-minutes': (p) =>
      `The ballots of ${p['minutes'] ?? ''} were recorded before their minutes.`,
    'pile-twice': (p) => `The ballots of the minutes ${p['minutes'] ?? ''} were recorded twice.`,
    'pile-missing': (p) => `The ballots of the minutes ${p['minutes'] ?? ''} are missing.`,
    'pile-other-number': (p) =>
      `The minutes ${p['minutes'] ?? ''} say ${amount(p['said'])} ballots and ${amount(p['pile'])} were keyed.`,
    'pile-one-officer': (p) => `One person keyed the ballots of ${p['minutes'] ?? ''} twice.`,
    'pile-arbiter-keyed': (p) =>
      `Whoever settled the differences of ${p['minutes'] ?? ''} had keyed them too.`,
    'pile-other-group': (p) =>
      `Among the ballots of ${p['minutes'] ?? ''} there is one that is not of group ${p['group'] ?? ''}.`,
    'pile-unsorted': (p) =>
      `The ballots of ${p['minutes'] ?? ''} are not sorted: the order of the pile would tell whose they are.`,
    'tablet-too-many-ballots': (p) =>
      `The tablet ${p['minutes'] ?? ''} has ${amount(p['ballots'])} ballots for ${amount(p['checkIns'])} people.`,
    'tablet-too-many-check-ins': (p) =>
      `The tablet ${p['minutes'] ?? ''} checked in ${amount(p['checkIns'])} people with ${amount(p['vouchers'])} vouchers.`,
    'audit-day-earlier': (p) =>
      `The head of the log of ${p['day'] ?? ''} stands after that of ${p['after'] ?? ''}.`,
    'audit-seq-smaller': (p) =>
      `The log of ${p['day'] ?? ''} has fewer acts than before: something was deleted.`,
    'audit-hash-differs': (p) => `The log of ${p['day'] ?? ''} changed although no act was added.`,
    'closing-missing': () => 'The closing note is missing.',
    'closing-twice': (p) => `There are ${amount(p['count'])} closing notes.`,
    'closing-not-last': (p) => `${amount(p['after'])} entries were added after the closing note.`,
    'closing-other-lines': (p) =>
      `The closing note says ${amount(p['said'])} ballots and there are ${amount(p['read'])}.`,
    'closing-other-voters': (p) =>
      `The closing note says ${amount(p['said'])} voters and there are ${amount(p['read'])}.`,
    'closing-before-seal': () => 'The record has a closing note but says it is still open.',
  },
  more: (count) => `… and ${amount(count)} more.`,
  verdicts: {
    passed: 'Everything adds up. The published result is the one the ballots give.',
    partial:
      'So far everything adds up. The rest can be checked once voting has ended and the count is published.',
    failed:
      'The record does NOT add up. Do not trust the result, and tell the oversight committee.',
  },
  proof: {
    title: 'The proof you brought',
    verdicts: {
      kept: 'The ballot box kept its word: what it signed is in the record.',
      waits:
        'The proof is genuine, and from this record nobody can say yet that the ballot box broke its word.',
      breach:
        'The proof is genuine and the ballot box did NOT keep what it signed. Take it to the oversight committee and keep a copy.',
      invalid: 'The proof is NOT valid: the ballot box of this round did not sign all of it.',
      unchecked: 'The proof could not be checked, because this record is incomplete or altered.',
    },
    findings: {
      'promise-kept': () =>
        'The ballot box signed that it would publish that ballot: it is in the record, and its code is among the receipts.',
      'promise-waits': (p) =>
        `The ballot box signed that the ballot would be there from ${limaTime(p['includeBy'])} (Lima time). It is not in this record yet.`,
      'promise-absent': () =>
        'The proof holds no promise about a ballot, only checkpoints of the record.',
      'promise-missing': (p) =>
        `The ballot box signed that the ballot would be there from ${limaTime(p['includeBy'])} (Lima time), and it is not in the record.`,
      'promise-code-missing': () =>
        'The ballot is in the record, but the code that the ballot box signed is not among the published receipts.',
      'promise-forged': () =>
        'The promise is not signed by the ballot box of this round: somebody made it up or changed it.',
      'checkpoint-agrees': (p) =>
        `The checkpoint of ${amount(p['size'])} entries is signed by the ballot box and is the beginning of this record.`,
      'checkpoint-newer': (p) =>
        `The checkpoint has ${amount(p['size'])} entries: it is newer than this record.`,
      'checkpoint-contradicts': (p) =>
        `The ballot box signed a checkpoint of ${amount(p['size'])} entries that contradicts this record: there are two versions.`,
      'checkpoint-unsigned': () =>
        'A checkpoint of the proof is not signed by the ballot box: it shows nothing.',
      'other-round': (p) => `The proof is of another round (${p['round'] ?? ''}).`,
    },
  },
  verdictMarks: { passed: 'good', failed: 'BAD', waiting: 'waits', blocked: 'not checked' },
  states: { open: 'voting is open', closed: 'voting has ended, not sealed yet', sealed: 'sealed' },
  labels: {
    round: 'Round',
    state: 'State',
    manifest: 'Hash of the manifest',
    root: 'Root of the record',
    size: 'Entries',
    ballots: 'Ballots',
    count: 'What the ballots give',
    ownCount: 'This verifier’s own count (none has been announced yet)',
    demo: 'This is a demonstration with made-up data.',
  },
  ballots: (lines, voters, paper) =>
    `${amount(lines)} electronic of ${several(voters, 'voter', 'voters')} and ${amount(paper)} on paper`,
  contest: (voters, blank) => `${several(voters, 'voter', 'voters')}, ${amount(blank)} blank`,
  option: (label, votes, funded) =>
    funded === null
      ? `${label}: ${several(votes, 'point', 'points')}`
      : `${label}: ${several(votes, 'vote', 'votes')}${funded ? ', funded' : ''}`,
  steps: {
    manifest: 'Reading the rules',
    checkpoints: 'Checking signatures',
    leaves: 'Checking hashes',
    ballots: 'Checking ballots',
    count: 'Counting again',
    live: 'Checking what the screen showed',
    receipts: 'Checking receipts',
  },
  problems: {
    'no-record':
      'There is no public record there: manifest.json is missing. Give the folder or the address that contains it.',
    away: 'The record could not be read: there is no connection or the server does not answer. That says nothing about the result; try again.',
    unexpected:
      'The verifier stopped because of an error of its own. That says nothing about the result.',
  },
};
