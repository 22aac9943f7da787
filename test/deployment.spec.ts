import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../src/common/package-root.js';
import { BackupEnvironment } from '../src/backup/backup-environment.js';
import { Environment, MigrationEnvironment, namesOf } from '../src/config/environment.js';

const text = (file: string): string => readFileSync(join(PACKAGE_ROOT, file), 'utf8');
const all = (pattern: RegExp, from: string): string[] =>
  [...from.matchAll(pattern)].map(([, found]) => found!);
const isThere = (path: string): boolean => existsSync(join(PACKAGE_ROOT, path));

const explained = all(/^([A-Z][A-Z0-9_]*)=/gm, text('.env.example'));
const dockerfile = text('Dockerfile');
const compose = text('docker-compose.yml');

describe('what an installation is told', () => {
  it('explains in .env.example every variable that is read', () => {
    expect(explained).toEqual(
      expect.arrayContaining([Environment, MigrationEnvironment, BackupEnvironment].flatMap(namesOf)),
    );
  });

  it('explains in .env.example every variable that docker-compose.yml takes', () => {
    expect(explained).toEqual(expect.arrayContaining(all(/\$\{([A-Z][A-Z0-9_]*)/g, compose)));
  });

  it('gives the server and the worker every variable that has no default', () => {
    const given = [...all(/^ {4}([A-Z_]+):/gm, compose), ...all(/([A-Z_]+)=/g, dockerfile)];
    const required = namesOf(Environment).filter((name) => !(name in new Environment()));
    expect(given).toEqual(expect.arrayContaining(required));
  });
});

describe('the image', () => {
  const copied = all(/^COPY (?!--from)(.+) \S+$/gm, dockerfile).flatMap((sources) => sources.split(' '));

  it('copies only what is there, and what .dockerignore lets through', () => {
    const admitted = all(/^!(.+)$/gm, text('.dockerignore'));
    expect(copied.length).toBeGreaterThan(0);
    for (const path of copied) {
      expect([path, isThere(path)]).toEqual([path, true]);
      expect(admitted).toContain(path);
    }
  });

  it('starts programs that are compiled from a source', () => {
    const programs = [...all(/dist\/([\w/-]+)\.js/g, dockerfile), ...all(/dist\/([\w/-]+)\.js/g, compose)];
    expect(programs.filter((program) => !isThere(`${program}.ts`))).toEqual([]);
    expect(programs).toEqual(expect.arrayContaining(['src/main', 'src/worker', 'src/commands/migrate']));
  });

  it('runs as nobody special, with the production packages alone', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toContain('--omit=dev');
  });
});

describe('docker-compose.yml', () => {
  const mounted = all(/- \.\/(\S+?):/g, compose);

  it('mounts only what is there', () => {
    expect(mounted).toEqual(['scripts/create-roles.sql', 'scripts/create-database.sh']);
    expect(mounted.filter((path) => !isThere(path))).toEqual([]);
  });

  it('can run the script that makes the database', () => {
    expect(statSync(join(PACKAGE_ROOT, 'scripts/create-database.sh')).mode & 0o111).toBe(0o111);
  });
});
