import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AUDIT_EVENTS, SECURITY_EVENTS } from '../src/audit/events.js';
import { BUDGETS } from '../src/throttling/budgets.js';
import { PACKAGE_ROOT } from '../src/common/package-root.js';

const SOURCES = readdirSync(join(PACKAGE_ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && name !== join('audit', 'events.ts'))
  .map((name) => readFileSync(join(PACKAGE_ROOT, 'src', name), 'utf8'));
const CODE = SOURCES.filter((source) =>
  /audit\.(record|witness)|securityLog\.write|audit: Audit/.test(source),
).join('\n');
const DOCS = readFileSync(join(PACKAGE_ROOT, 'docs', 'audit.md'), 'utf8');

/** Whole names beside `event:` or given on, and the verbs of names that are put together. */
const NAMES = [
  ...new Set(
    [
      ...CODE.matchAll(
        /(?:event: |event = |return |\? | : |origin, |Email, |password_reset: |mail_sign_in: )'([a-z_]+\.[a-z_]+)'/g,
      ),
    ].map(([, name]) => name!),
  ),
];
const COMPOSED = [...CODE.matchAll(/event: `(\w+)\.\$\{(\w+)\[/g)].flatMap(([, noun, table]) => {
  const verbs = new RegExp(`const ${table} = \\{([^}]*)\\}`);
  const source = SOURCES.find((one) => one.includes(`event: \`${noun}.\${`))!;
  return [...verbs.exec(source)![1]!.matchAll(/'(\w+)'/g)].map(([, verb]) => `${noun}.${verb}`);
});
/** What a budget of the throttling writes when somebody begins to wait. */
const SLOWED = Object.keys(BUDGETS).map((budget) => `${budget}.slowed`);
const LISTED = [...new Set([...Object.keys(AUDIT_EVENTS), ...SECURITY_EVENTS])];

describe('the list of events', () => {
  it('has every event that the code records, and the code records no fewer than it lists', () => {
    expect(COMPOSED.length).toBeGreaterThan(7);
    const recorded = [...NAMES, ...COMPOSED, ...SLOWED];
    expect(recorded.filter((name) => !LISTED.includes(name))).toEqual([]);
    expect(LISTED.filter((name) => !recorded.includes(name))).toEqual([]);
  });

  it('is the one in docs/audit.md, with the same meaning', () => {
    const documented = [...DOCS.matchAll(/^\| `([a-z_.]+)` \| (\w)/gm)].map(
      ([, name, action]) => `${name} ${action}`,
    );
    const letter = { create: 'C', read: 'R', update: 'U', delete: 'D', execute: 'E' };
    const expected = Object.entries(AUDIT_EVENTS).map(([name, { action }]) => `${name} ${letter[action]}`);
    expect(documented.sort()).toEqual(expected.sort());
  });
});
