/**
 * Who may import what (docs: architecture). Each rule says what to do instead; a test in
 * services/supervisor/boundaries.test.ts plants a breach of every rule and sees it bite.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const NOUNS = [
  'plan',
  'cycle',
  'limits',
  'roll',
  'notices',
  'lists',
  'proposals',
  'rounds',
  'privacy',
  'agents',
  'verification',
  'credentials',
  'desk',
  'ballots',
  'record',
  'results',
  'priorities',
  'assemblies',
  'tablets',
  'council',
  'follow-up',
  'approvals',
  'audit',
];

/**
 * A noun sees its database, lib/shared, lib/audit, lib/auth's words, and nouns earlier in the order.
 * lib/approvals knows every area's acts; an area declares its own with `kind` and asks with `commands`.
 */
const nounOrder = NOUNS.slice(0, -1).map((noun, index) => ({
  name: `noun-order-${noun}`,
  comment: `lib/${noun} may import only nouns that come before it: move what is shared down, or the caller up.`,
  severity: 'error',
  from: { path: `^lib/${noun}/`, pathNot: '\\.test\\.ts$' },
  to: {
    path: `^lib/(${NOUNS.slice(index + 1, -1).join('|') || 'none'})/`,
    pathNot: '^lib/approvals/(kind|commands)[.]ts$',
  },
}));

const TEST = '\\.(test|db\\.test)\\.tsx?$|/(test-[^/]+|[^/]+\\.fixture)\\.ts$|/fixtures/';
/** Where a noun reads and writes: queries, desk-queries, import/commands, commands/<verb> … */
const READS = '^lib/.*[/-]queries[./]';
const WRITES = '^lib/.*[/-]commands[./]|^lib/roll/(additions|retention|import/(apply|work))[.]ts';
const SECRET_SIDE = '^(services/ballot-box|lib/ballots|lib/record|db/ballot-box)/';

module.exports = {
  forbidden: [
    ...nounOrder.filter((rule) => rule.to.path !== '^lib/(none)/'),
    {
      name: 'shared-stands-low',
      comment: 'lib/shared and lib/audit are known by every noun and know none.',
      severity: 'error',
      from: { path: '^lib/(shared|audit)/', pathNot: TEST },
      to: { path: '^(app|components|services|lib)/', pathNot: '^lib/(shared/|env|audit/)' },
    },
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or miss a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'ballots-never-reach-people',
      comment:
        'Nothing on the ballot side may reach the roll, credentials, auth or the registry, through anything: the secret of the vote hangs on it.',
      severity: 'error',
      from: { path: SECRET_SIDE, pathNot: TEST },
      to: { path: '^(lib/(roll|credentials|auth)/|db/registry/)', reachable: true },
    },
    {
      name: 'witness-is-an-outsider',
      comment:
        'The witness is run by people who trust nobody here: it sees the format of the record and bytes.',
      severity: 'error',
      from: { path: '^services/(witness/|cli/witness)', pathNot: TEST },
      to: {
        path: '^(app|components|db|lib|services)/',
        pathNot: '^services/witness/|^lib/(record|shared)/',
      },
    },
    {
      name: 'app-never-reaches-the-ballot-box',
      comment: 'The web asks the ballot box over HTTP, like anybody else.',
      severity: 'error',
      from: { path: '^(app|proxy)', pathNot: TEST },
      to: { path: '^(db/ballot-box|services/ballot-box)/', reachable: true },
    },
    {
      name: 'tally-stands-alone',
      comment: 'lib/tally counts without looking around: hand it what it needs as an argument.',
      severity: 'error',
      from: { path: '^lib/tally/', pathNot: TEST },
      to: { pathNot: '^lib/tally/' },
    },
    {
      name: 'only-results-count',
      comment:
        'Only lib/results and verify/ count; others read a result or name a rule (types, words).',
      severity: 'error',
      from: {
        path: '^(app|components|db|lib|services)/',
        pathNot: `^lib/(results|tally)/|^services/cli/tally|^bench/|${TEST}`,
      },
      to: { path: '^lib/tally/(?!types|rules|version|ties)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'verify-stands-alone',
      comment:
        'The verifier can be copied out of the repository: it reaches only the pure parts of lib, whoever runs it.',
      severity: 'error',
      from: { path: '^verify/', pathNot: `${TEST}|^verify/testing/` },
      to: {
        path: '^(app|components|db|services|messages)/|^lib/(?!(tally|record|ballots|rounds|results|shared|plan)/)|^lib/[^/]+/(queries|commands)|server-only',
        reachable: true,
      },
    },
    {
      name: 'verify-engine-knows-no-node',
      comment:
        'Only verify/node may use Node: the same engine runs in a browser. Cryptography and files are given to it.',
      severity: 'error',
      from: { path: '^verify/', pathNot: `${TEST}|^verify/(node|testing)/` },
      to: {
        path: '^(node:)?(child_process|crypto|fs|http|https|net|os|path|process|stream|util|worker_threads)(/|$)',
        reachable: true,
      },
    },
    {
      name: 'ui-is-domain-free',
      comment:
        'components/ui speaks of buttons and fields; put what speaks of votes in components/.',
      severity: 'error',
      from: { path: '^components/ui/', pathNot: TEST },
      to: { path: '^(app|lib|db|services|components)/', pathNot: '^components/ui/' },
    },
    {
      name: 'components-know-no-server-file',
      comment:
        'A component takes values; the page asks for them. (The trail and the like are async server components of a page.)',
      severity: 'error',
      from: { path: '^components/', pathNot: `${TEST}|^components/priority-trail` },
      to: { path: `^(db|services)/|${READS}|${WRITES}` },
    },
    {
      name: 'pages-do-not-write',
      comment: 'A page reads; what changes something is an action or a handler.',
      severity: 'error',
      from: { path: '^app/.*/?(page|layout)\\.tsx$' },
      to: { path: `${WRITES}|^services/` },
    },
    {
      name: 'db-imports-db',
      comment: 'The schema knows no rules. The seed is the exception: it plays people.',
      severity: 'error',
      from: { path: '^db/', pathNot: `^db/seed/|${TEST}` },
      to: { path: '^(app|components|lib|services)/', pathNot: '^lib/(env\\.ts|shared/)' },
    },
    {
      name: 'nothing-imports-app',
      comment: 'The application is the top: move what is needed down into lib or components.',
      severity: 'error',
      from: { pathNot: '^app/' },
      to: { path: '^app/' },
    },
    {
      name: 'next-auth-inside-auth',
      comment: 'Sessions are asked of lib/auth/session.',
      severity: 'error',
      from: { path: '^(app|components|db|lib|services)/', pathNot: '^lib/auth/|^app/api/auth/' },
      to: { path: 'node_modules/next-auth/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|node_modules/(?!next-auth))' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
