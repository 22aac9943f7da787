import type { FastifyInstance } from 'fastify';

interface Route {
  readonly method: string;
  readonly url: string;
}

/** Every route that was registered, so that a wrong method can be told from an unknown address. */
export class Routes {
  readonly all: Route[] = [];

  /** Watches routes come in; call before the first is registered. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) this.all.push({ method: one, url });
    });
  }

  /** The methods that an address answers to; none when there is no such address. */
  methodsAt(path: string): string[] {
    const methods = this.all.filter(({ url }) => matches(url, path)).map(({ method }) => method);
    return [...new Set(methods)].sort();
  }
}

function matches(pattern: string, path: string): boolean {
  if (pattern.includes('*')) return false;
  const wanted = pattern.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, i) => (part.startsWith(':') ? given[i] !== '' : part === given[i]))
  );
}
