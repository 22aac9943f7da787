import { createVerifier } from 'fast-jwt';
import { fastify } from 'fastify';
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { ALGORITHM, AUDIENCE, ISSUER, TOKEN_TYPE, type AccessClaims } from '../../src/auth/access-tokens.js';
import type { Person } from '../../src/common/actor.js';
import { readEnvironment } from '../../src/config/environment.js';
import { Settings } from '../../src/config/settings.js';
import { copyStatement } from '../../src/exports/records/copy-statement.js';
import { OPERATIONS } from '../operations/index.js';
import type { Asked, Handler, Operation } from '../operations/operation.js';
import { ByHand } from './by-hand.js';

/**
 * The bound, a process of its own: Fastify and pg and nothing else. It does for each operation what must be done
 * (checks the token, validates the body, asks Postgres, opens what is sealed, leaves its audit row) and nothing that
 * keeps one practice from another. `settings` in front of a path puts the product's own begin and commit around it; the
 * name of a variant, that way of doing it.
 */
async function serve(): Promise<void> {
  const settings = new Settings(readEnvironment(process.env));
  const url = settings.databaseUrl;
  const plain = new ByHand(settings, url, { settings: false, witness: true });
  const around = new ByHand(settings, url, { settings: true, witness: true });
  const streams = new Pool({ connectionString: url, max: 2 });
  await Promise.all([plain.open(), around.open()]);
  const app = fastify({ requestIdHeader: false, genReqId: () => randomUUID(), bodyLimit: 100_000 });
  const personOf = reader(settings);

  const seen = new Set<string>();
  const add = (prefix: string, { method, route, body }: Operation, bench: ByHand, handler: Handler): void => {
    if (seen.has(`${method} ${prefix}${route}`)) return;
    seen.add(`${method} ${prefix}${route}`);
    app.route({
      method,
      url: prefix + route,
      ...(body && { schema: { body } }),
      handler: async (request, reply) => {
        const person = personOf(request.headers.authorization, request.id, request.ip);
        if (!person) return reply.code(401).send();
        const { params, query, body, headers, url } = request;
        const answer = await handler(bench, { person, params, query, body, headers, url } as Asked);
        void reply.code(answer.status ?? 200).header('content-type', 'application/json; charset=utf-8');
        return reply.send(answer.body);
      },
    });
  };
  for (const operation of OPERATIONS) {
    add('', operation, plain, operation.bound);
    add('/settings', operation, around, operation.bound);
    for (const [name, handler] of Object.entries(operation.variants ?? {})) {
      add(`/${name}`, operation, plain, handler);
    }
  }
  app.get('/v1/exports/stream/sessions.csv', async (request, reply) => {
    const person = personOf(request.headers.authorization, request.id, request.ip);
    if (!person) return reply.code(401).send();
    await plain.witness(person, { event: 'export.streamed', objectType: 'export', objectId: request.id });
    const all = { dialect: null, columns: null, fromOn: null, toOn: null, clientId: null, coachId: null };
    const selection = { ...all, practiceId: person.practiceId, records: 'sessions', format: 'csv' } as const;
    const client = await streams.connect();
    const rows = client.query(copyTo(copyStatement(selection, 'Europe/Amsterdam', 'as they lie')));
    rows.once('close', () => client.release());
    return reply.header('content-type', 'text/csv; charset=utf-8').send(rows);
  });
  await app.listen({ host: '127.0.0.1', port: settings.port });
  // Whoever started it is gone, or says that it is enough.
  process.once('disconnect', () => process.exit());
  process.once('SIGTERM', () => process.exit());
  process.on('SIGINT', () => undefined);
}

/** Who asks, by a token whose algorithm, issuer, audience and type are pinned as the product pins them. */
function reader(settings: Settings) {
  const verify = createVerifier({
    key: settings.tokenKeys[0].key.export(),
    algorithms: [ALGORITHM],
    allowedIss: ISSUER,
    allowedAud: AUDIENCE,
    checkTyp: TOKEN_TYPE,
    cache: false,
  });
  return (authorization: string | undefined, requestId: string, address: string): Person | undefined => {
    if (!authorization?.startsWith('Bearer ')) return undefined;
    try {
      const { sub, practice, login, roles, client } = verify(authorization.slice(7)) as AccessClaims;
      const whose = { practiceId: practice, userId: sub, loginId: login, roles };
      return { ...whose, ...(client && { clientId: client }), origin: { requestId, address } };
    } catch {
      return undefined;
    }
  };
}

void serve();
