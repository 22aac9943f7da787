import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import { fastify } from 'fastify';

/** Header fields that every answer carries, by what is served. */
export interface SecurityHeaders {
  readonly api: Readonly<Record<string, string>>;
  /** The page at `/docs`, which has a style and a script of its own. */
  readonly docs: Readonly<Record<string, string>>;
}

/** Nothing that the API answers is a page: a browser that takes it for one may do nothing with it. */
const API: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  frameguard: { action: 'deny' },
  // These speak of pages alone.
  crossOriginOpenerPolicy: false,
  dnsPrefetchControl: false,
  ieNoOpen: false,
  originAgentCluster: false,
  xssFilter: false,
};

const DOCS: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  frameguard: { action: 'deny' },
};

/** Helmet is asked once, at start: what it says is the same for every answer. */
export async function securityHeaders(): Promise<SecurityHeaders> {
  const [api, docs] = await Promise.all([saidByHelmet(API), saidByHelmet(DOCS)]);
  return { api: { ...api, 'cache-control': 'no-store' }, docs };
}

async function saidByHelmet(options: FastifyHelmetOptions): Promise<Record<string, string>> {
  const server = fastify();
  await server.register(helmet, options);
  server.get('/', (_, reply) => reply.status(204).send());
  const { headers } = await server.inject('/');
  await server.close();
  const said = Object.entries(headers).filter(([name]) => !['date', 'connection'].includes(name));
  return Object.fromEntries(said.map(([name, value]) => [name, String(value)]));
}
