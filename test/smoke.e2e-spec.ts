import { startApp, type TestApp } from './support/app.js';

let app: TestApp;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());

it('lives', async () => {
  const a = await app.fastify.inject('/health/ready');
  console.log(a.statusCode, a.body, a.headers);
  for (const [m, u, b, h] of [['GET','/v1/clients'],['POST','/v1/auth/login',{}],['POST','/v1/auth/login',{email:'a@b.nl',password:'x'}],['PUT','/v1/auth/login',{}],['GET','/nope'],['POST','/v1/auth/login','{bad',{'content-type':'application/json'}],['POST','/v1/auth/login','a=b',{'content-type':'text/plain'}],['POST','/v1/auth/login', JSON.stringify({a:'x'.repeat(300000)}),{'content-type':'application/json'}], ['POST','/v1/auth/login', '{"__proto__": {}}',{'content-type':'application/json'}],['POST','/v1/auth/refresh',{refreshToken:'x', more: 1}]] as any) {
    const r = await app.fastify.inject({method: m, url: u, payload: b, headers: h});
    console.log(m, u, r.statusCode, r.headers['content-type'], r.body);
  }
  console.log(app.logged.filter(l => !l.includes('RoutesResolver') && !l.includes('RouterExplorer')).slice(-12).join(''));
});
