import type { NestFastifyApplication } from '@nestjs/platform-fastify';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH';

/** The demo is made through the API itself, by the people who would: what it shows is what the product does. */
export class DemoApi {
  constructor(
    private readonly app: NestFastifyApplication,
    private readonly token?: string,
  ) {}

  get<T>(url: string): Promise<T> {
    return this.call('GET', url);
  }

  post<T>(url: string, body: object = {}, headers: Record<string, string> = {}): Promise<T> {
    return this.call('POST', url, body, headers);
  }

  put<T>(url: string, body: object): Promise<T> {
    return this.call('PUT', url, body);
  }

  private async call<T>(
    method: Method,
    url: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const answer = await this.app.inject({
      method,
      url,
      ...(body && { payload: body }),
      headers: { ...(this.token && { authorization: `Bearer ${this.token}` }), ...headers },
    });
    if (answer.statusCode >= 300)
      throw new Error(`${method} ${url} answered ${answer.statusCode}: ${answer.body}`);
    return answer.json<T>();
  }
}
