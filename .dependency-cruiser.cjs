// Who may import whom; docs/architecture.md says why. A folder of src/ that is not named here may import nothing.
const KERNEL = ['config', 'common', 'database'];
const BASE = [...KERNEL, 'audit', 'jobs', 'throttling'];
const FEATURES = [
  'practices',
  'users',
  'clients',
  'sessions',
  'observations',
  'notes',
  'homework',
  'knowledge',
  'intake-requests',
  'progress',
];

const MAY_IMPORT = {
  config: [],
  common: ['config'],
  database: ['config', 'common'],
  audit: KERNEL,
  jobs: KERNEL,
  throttling: [...KERNEL, 'audit', 'jobs'],
  health: KERNEL,
  openapi: ['common'],

  practices: BASE,
  users: [...BASE, 'practices'],
  clients: [...BASE, 'users', 'practices'],
  auth: [...BASE, 'clients', 'users', 'practices'],
  sessions: [...BASE, 'clients', 'users', 'practices'],
  observations: [...BASE, 'sessions', 'clients', 'users', 'practices'],
  notes: [...BASE, 'sessions', 'clients', 'users', 'practices'],
  homework: [...BASE, 'clients', 'users', 'practices'],
  'intake-requests': [...BASE, 'clients', 'users', 'practices'],
  knowledge: [...BASE, 'homework', 'clients', 'users', 'practices'],
  progress: [...BASE, 'homework', 'sessions', 'clients', 'users', 'practices'],

  // What acts over several features; nobody imports these back.
  dossier: [...BASE, ...FEATURES],
  exports: [...BASE, ...FEATURES],
  // Whoever was erased does not come back in a file: the ledger of erasures says who.
  imports: [...BASE, ...FEATURES, 'privacy'],
  overview: [...BASE, ...FEATURES],
  // The dossier of an export is what a client is given too, and an erasure takes the files of exports along.
  privacy: [...BASE, ...FEATURES, 'exports'],
  register: [...BASE, ...FEATURES],
  retention: [...BASE, ...FEATURES],
  notifications: [...BASE, ...FEATURES],
  onboarding: [...BASE, ...FEATURES],

  // What a person starts, and what it starts for them.
  backup: ['common', 'config', 'database'],
  local: KERNEL,
  demo: [...BASE, ...FEATURES, 'auth', 'dossier', 'onboarding', 'local'],
  commands: ['[^/]+'],
};

/** The files that somebody starts. */
const STARTED =
  '^src/((main|worker|notes/search/search-thread|exports/(texts/open-notes|documents/print)-thread)\\.ts$|commands/)';

const layers = Object.entries(MAY_IMPORT).map(([folder, others]) => ({
  name: `${folder}-imports-no-more-than-it-may`,
  severity: 'error',
  from: { path: `^src/${folder}/`, pathNot: '\\.spec\\.ts$' },
  to: { path: '^src/', pathNot: `^src/(${[folder, ...others].join('|')})/` },
}));
// The commands are where everything comes together.
const ROOM_FOR_ALL = ['src/app.module.ts', 'src/create-app.ts'];
layers.at(-1).to.pathNot = `^src/[^/]+/|^(${ROOM_FOR_ALL.join('|')})$`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...layers,
    {
      name: 'a-new-folder-says-what-it-may-import',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${Object.keys(MAY_IMPORT).join('|')})/` },
      to: { path: '^src/' },
    },
    {
      name: 'the-server-knows-no-commands',
      severity: 'error',
      from: { path: '^src/[^/]+\\.ts$' },
      to: { path: '^src/(commands|demo|local)/' },
    },
    {
      name: 'the-embedded-database-is-for-local-use',
      comment: 'A server that can be reached from the outside never starts a database of its own.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(local|database/embedded)/' },
      to: { path: '^src/database/embedded/' },
    },
    {
      name: 'no-cycles',
      comment:
        'A type that is imported back is gone when the program runs; between folders the layers forbid it too.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'every-file-is-used',
      severity: 'error',
      from: { path: STARTED },
      to: { path: '^(src|migrations)/', pathNot: `\\.(spec|d)\\.ts$|${STARTED}`, reachable: false },
    },
    {
      name: 'the-product-runs-without-development-packages',
      severity: 'error',
      from: { path: '^(src|migrations)/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
    { name: 'every-import-is-found', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Imports of types count: a layer that knows another's types knows it.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
