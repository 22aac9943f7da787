import type { Role } from '../common/actor.js';
import type { DemoLogin, DemoPractice } from './demo-practice.js';

interface Entrance extends DemoLogin {
  readonly practice: string;
}

/** What the demo says when it serves: where, who can sign in, and what to try first. */
export function welcome(
  baseUrl: string,
  practices: readonly DemoPractice[],
  dataDir: string,
  home: string,
): string {
  const entrances = practices.flatMap(({ slug, logins }) =>
    logins.map((login) => ({ ...login, practice: slug })),
  );
  const byRole = (['coach', 'client', 'admin'] as const).flatMap((role) => entranceOf(entrances, role) ?? []);
  return [
    '',
    `  API    ${baseUrl}/v1`,
    `  Docs   ${baseUrl}/docs`,
    `  Data   ${dataDir}${home.startsWith(dataDir) ? '' : `; the database in ${home}`}`,
    '',
    ...[...new Set(byRole)].map((login) => signInLine(login)),
    ...(byRole.length > 0
      ? []
      : ['  The database holds practices of your own, so no demo practices were made.']),
    '',
    ...tries(baseUrl, entrances),
    '  Ctrl-C ends it.',
    '',
  ].join('\n');
}

const entranceOf = (entrances: readonly Entrance[], role: Role): Entrance | undefined =>
  entrances.find(({ roles }) => roles.length === 1 && roles[0] === role) ??
  entrances.find(({ roles }) => roles.includes(role));

const signInLine = ({ name, roles, email, password, practice }: Entrance): string =>
  `  ${roles.join(' and ').padEnd(8)} ${email}   ${password}   (${name}, ${practice})`;

/** Lines to copy into a shell. */
function tries(baseUrl: string, entrances: readonly Entrance[]): string[] {
  const coach = entranceOf(entrances, 'coach') ?? entranceOf(entrances, 'admin');
  const client = entranceOf(entrances, 'client');
  if (!coach) return [];
  const get = (path: string, token: string): string =>
    `  curl -s "${baseUrl}/v1${path}" -H "authorization: Bearer ${token}"`;
  return [
    `  TOKEN=${tokenOf(baseUrl, coach)}`,
    get('/clients', '$TOKEN'),
    ...(client ? [get('/me/homework?on=$(date +%F)', tokenOf(baseUrl, client))] : []),
    '',
  ];
}

/** Signs in; node is there, where jq may not be. */
function tokenOf(baseUrl: string, { email, password, practice }: Entrance): string {
  const body = JSON.stringify({ email, password, practice }).replaceAll("'", `'\\''`);
  const login = `curl -s ${baseUrl}/v1/auth/login -H 'content-type: application/json' -d '${body}'`;
  return `$(${login} | node -pe 'JSON.parse(fs.readFileSync(0)).accessToken')`;
}
