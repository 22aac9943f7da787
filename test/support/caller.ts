import type { InjectOptions, Response } from 'light-my-request';
import type { LoginTokens } from '../../src/auth/auth.dto.js';
import type { TestApp } from './app.js';
import { expectContract } from './contract.js';

type Headers = Record<string, string>;
type Body = object | undefined;

/** Somebody who calls the API over HTTP; each answer is held against `openapi.json`. */
export class Caller {
  constructor(
    private readonly app: Pick<TestApp, 'fastify'>,
    readonly tokens?: LoginTokens,
  ) {}

  get id(): string {
    return this.tokens!.user.id;
  }

  /** The id of the caller's own file. */
  get clientId(): string {
    return this.tokens!.user.clientId!;
  }

  /** The same person with the same tokens, at another process. */
  at(app: Pick<TestApp, 'fastify'>): Caller {
    return new Caller(app, this.tokens);
  }

  get(url: string, headers?: Headers): Promise<Response> {
    return this.call('GET', url, undefined, headers);
  }

  post(url: string, body: Body = {}, headers?: Headers): Promise<Response> {
    return this.call('POST', url, body, headers);
  }

  put(url: string, body: Body, headers?: Headers): Promise<Response> {
    return this.call('PUT', url, body, headers);
  }

  patch(url: string, body: Body, headers?: Headers): Promise<Response> {
    return this.call('PATCH', url, body, headers);
  }

  delete(url: string, headers?: Headers): Promise<Response> {
    return this.call('DELETE', url, undefined, headers);
  }

  async call(method: string, url: string, body?: Body, headers: Headers = {}): Promise<Response> {
    const authorization = this.tokens && { authorization: `Bearer ${this.tokens.accessToken}` };
    const answer = await this.app.fastify.inject({
      method: method as InjectOptions['method'],
      url,
      ...(body && { payload: body }),
      headers: { 'accept-language': 'en', ...authorization, ...headers },
    });
    expectContract(method, url, answer);
    return answer;
  }
}

/** The kind of problem that an answer is, without its prefix. */
export function problemOf(answer: Response): string | undefined {
  return answer.json<{ type?: string }>().type?.replace('urn:ademruimte:problem:', '');
}

/** The body of an answer that must have succeeded. */
export function told<T = Record<string, never>>(answer: Response): T {
  if (answer.statusCode >= 300) throw new Error(`${answer.statusCode}: ${answer.body}`);
  return (answer.body === '' ? {} : answer.json()) as T;
}
