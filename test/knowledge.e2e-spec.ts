import type { ArticlePage, ArticleVersionPage, ArticleView } from '../src/knowledge/articles/article.dto.js';
import type {
  LinkedArticles,
  OwnReading,
  OwnReadingPage,
  ReadingPage,
  ReadingView,
} from '../src/knowledge/readings/reading.dto.js';
import type { WebsiteArticle, WebsiteArticlePage } from '../src/knowledge/website/website.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { Caller, problemOf, told } from './support/caller.js';
import { assign, exerciseCalled } from './support/homework.js';
import { article, publishArticle } from './support/knowledge.js';
import { openFile, openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';

let app: TestApp;
let practice: TestPractice;
let coach: Caller;
let client: Caller;
let anybody: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  coach = practice.coach;
  client = await openFileWithAccount(app, coach);
  anybody = new Caller(app);
});
afterAll(() => app.close());

const website = ({ slug } = practice): string => `/v1/practices/${slug}/articles`;
const slugsOf = ({ items }: WebsiteArticlePage): string[] => items.map(({ slug }) => slug);
const draft = async (more: object = {}): Promise<ArticleView> =>
  told(await coach.post('/v1/articles', article(more)));
const give = async (articleId: string, clientId = client.clientId): Promise<ReadingView> =>
  told(await coach.post(`/v1/clients/${clientId}/readings`, { articleId }));

describe('the knowledge base of a new practice', () => {
  it('holds two articles that anybody may read in Dutch and in English', async () => {
    const fresh = await openPractice(app);
    const nl = await anybody.get(website(fresh), { 'accept-language': 'nl' });
    expect(told<WebsiteArticlePage>(nl).items.map(({ title }) => title)).toEqual([
      'Spanning en loslaten',
      'Rust en slaap',
    ]);
    for (const slug of slugsOf(told(nl))) {
      for (const language of ['nl', 'en']) {
        const page = told<WebsiteArticle>(
          await anybody.get(`${website(fresh)}/${slug}?language=${language}`),
        );
        expect(page.language).toBe(language);
        expect(page.html).toContain('<h2>');
        expect(page.questions.length).toBeGreaterThan(1);
        expect(JSON.stringify(page)).not.toMatch(
          /\b(moet je|genees|geneest|behandel|diagnose|cure|heals?|treatment|you must|overdue|streak)\b/i,
        );
      }
    }
  });
});

describe('an article', () => {
  it('is a draft that nobody outside sees, until it is published', async () => {
    const { id, slug, status } = await draft();
    expect(status).toBe('draft');
    expect((await anybody.get(`${website()}/${slug}`)).statusCode).toBe(404);
    expect(slugsOf(told(await anybody.get(`${website()}?limit=100`)))).not.toContain(slug);
    expect((await client.get(`/v1/articles/${id}`)).statusCode).toBe(403);
    told(await coach.post(`/v1/articles/${id}/publication`));
    expect(told<WebsiteArticle>(await anybody.get(`${website()}/${slug}`)).html).toBe(
      '<p>Breathe out <strong>slowly</strong>.</p>',
    );
  });

  it('tells the published version until the next is published, and keeps them all', async () => {
    const { id, slug } = await publishArticle(coach);
    const changed = await practice.admin.patch(`/v1/articles/${id}`, { body: { nl: 'Nieuw.', en: 'New.' } });
    expect(told<ArticleView>(changed)).toMatchObject({
      status: 'published',
      publishedVersion: 1,
      draftVersion: 2,
    });
    expect(told<WebsiteArticle>(await anybody.get(`${website()}/${slug}`)).html).toContain('slowly');
    told(await coach.post(`/v1/articles/${id}/publication`));
    expect(told<WebsiteArticle>(await anybody.get(`${website()}/${slug}`)).html).toBe('<p>New.</p>');
    const { items } = told<ArticleVersionPage>(await coach.get(`/v1/articles/${id}/versions`));
    expect(items.map(({ articleVersion, body, writtenBy }) => [articleVersion, body.en, writtenBy])).toEqual([
      [2, 'New.', practice.admin.id],
      [1, 'Breathe out **slowly**.', coach.id],
    ]);
    const again = await coach.post(`/v1/articles/${id}/publication`);
    expect([again.statusCode, problemOf(again)]).toEqual([409, 'nothing-to-publish']);
  });

  it('is not overwritten by who saw an older version', async () => {
    const made = await coach.post('/v1/articles', article());
    const { id, version } = told<ArticleView>(made);
    expect(made.headers['location']).toBe(`/v1/articles/${id}`);
    const seen = await coach.get(`/v1/articles/${id}`);
    expect(seen.headers['etag']).toBe(`"${version}"`);
    const ifMatch = { 'if-match': String(seen.headers['etag']) };
    told(await coach.patch(`/v1/articles/${id}`, { questions: [] }, ifMatch));
    const late = await practice.admin.patch(`/v1/articles/${id}`, { questions: [] }, ifMatch);
    expect([late.statusCode, problemOf(late)]).toEqual([412, 'stale']);
  });

  it('leaves the website when it is retired, and comes back no more', async () => {
    const { id, slug } = await publishArticle(coach);
    told(await coach.post(`/v1/articles/${id}/retirement`));
    expect((await anybody.get(`${website()}/${slug}`)).statusCode).toBe(404);
    const back = await coach.post(`/v1/articles/${id}/publication`);
    expect([back.statusCode, problemOf(back)]).toEqual([409, 'wrong-state']);
    expect((await coach.patch(`/v1/articles/${id}`, { questions: [] })).statusCode).toBe(409);
  });

  it('has an address of its own, made of its Dutch title unless it is given one', async () => {
    const { slug } = await draft({ title: { nl: 'Één adem & wat rust!', en: 'One breath' } });
    expect(slug).toBe('een-adem-wat-rust');
    const same = await coach.post('/v1/articles', article({ slug }));
    expect([same.statusCode, problemOf(same)]).toEqual([409, 'slug-taken']);
    const bad = await coach.post('/v1/articles', article({ slug: 'Niet/zo' }));
    expect([bad.statusCode, bad.json<{ errors: unknown[] }>().errors]).toEqual([
      422,
      [{ pointer: '/slug', detail: expect.any(String) as string }],
    ]);
    const other = await openPractice(app);
    told(await other.coach.post('/v1/articles', article({ slug })));
  });

  it('says everything in both languages, within bounds', async () => {
    const bad = await coach.post('/v1/articles', {
      ...article(),
      title: { nl: 'Alleen Nederlands' },
      body: { nl: 'x'.repeat(20_001), en: ' ' },
      questions: [{ question: { nl: 'Waarom?', en: 'Why?' } }],
      script: true,
    });
    expect(bad.statusCode).toBe(422);
    const { errors } = bad.json<{ errors: { pointer: string }[] }>();
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual([
      '/body/en',
      '/body/nl',
      '/questions/0/answer',
      '/script',
      '/title/en',
    ]);
  });

  it('is refused where no page could be made of it', async () => {
    const deep = await coach.post(
      '/v1/articles',
      article({ body: { nl: '> '.repeat(10_000), en: 'Quiet.' } }),
    );
    expect([deep.statusCode, deep.json<{ errors: { pointer: string }[] }>().errors[0]!.pointer]).toEqual([
      422,
      '/body/nl',
    ]);
  });

  it('is begun once, however often it is sent', async () => {
    const input = article();
    const key = { 'idempotency-key': 'one-article' };
    const first = told<ArticleView>(await coach.post('/v1/articles', input, key));
    expect(told<ArticleView>(await coach.post('/v1/articles', input, key)).id).toBe(first.id);
  });
});

describe('searching the knowledge base', () => {
  it('finds the beginnings of words, without capitals and accents, in the language that is read', async () => {
    const { coach, slug } = await openPractice(app);
    const { id, slug: found } = await publishArticle(coach, {
      body: { nl: 'Een CAFÉ aan zee.', en: 'A naïve seagull.' },
    });
    const search = async (q: string, language: string): Promise<string[]> =>
      slugsOf(
        told(
          await anybody.get(`/v1/practices/${slug}/articles?q=${encodeURIComponent(q)}&language=${language}`),
        ),
      );
    expect(await search('cafe zee', 'nl')).toEqual([found]);
    expect(await search('Càf', 'nl')).toEqual([found]);
    expect(await search('afe', 'nl')).toEqual([]);
    expect(await search('cafe', 'en')).toEqual([]);
    expect(await search('NAIVE sea', 'en')).toEqual([found]);
    expect(await search('cafe meer', 'nl')).toEqual([]);
    expect(await search("%'_", 'nl')).toEqual([]);
    const both = told<ArticlePage>(await coach.get('/v1/articles?q=cafe%20naive&status=published'));
    expect(both.items.map((one) => one.id)).toEqual([id]);
  });
});

describe('the website', () => {
  it('reads page by page, each article once', async () => {
    const fresh = await openPractice(app);
    await publishArticle(fresh.coach);
    await publishArticle(fresh.coach);
    const seen: string[] = [];
    for (let url: string | undefined = `${website(fresh)}?limit=3`; url;) {
      const page: WebsiteArticlePage = told(await anybody.get(url));
      seen.push(...slugsOf(page));
      url = page.next && `${website(fresh)}?limit=3&cursor=${page.next}`;
    }
    expect(new Set(seen).size).toBe(4);
    expect(seen).toHaveLength(4);
  });

  it('may be kept by anybody on the way, and is not told twice to who has it', async () => {
    const { id, slug } = await publishArticle(coach);
    for (const url of [`${website()}/${slug}`, website()]) {
      const first = await anybody.get(url, { 'accept-language': 'nl' });
      expect(first.headers['cache-control']).toBe('public, max-age=300');
      expect(first.headers['content-language']).toBe('nl');
      expect(first.headers['vary']).toContain('accept-language');
      expect(first.headers['content-security-policy']).toContain("default-src 'none'");
      expect(first.headers['set-cookie']).toBeUndefined();
      const etag = String(first.headers['etag']);
      const again = (headers: Record<string, string>) =>
        anybody.get(url, { 'accept-language': 'nl', ...headers });
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const answer = await again({ 'if-none-match': known });
        expect([answer.statusCode, answer.body]).toEqual([304, '']);
        expect(answer.headers['etag']).toBe(etag);
      }
      expect((await again({ 'if-none-match': '"other"' })).statusCode).toBe(200);
      expect((await anybody.get(url, { 'if-none-match': etag })).statusCode).toBe(200);
    }
    const before = (await anybody.get(`${website()}/${slug}`)).headers['etag'];
    told(await coach.patch(`/v1/articles/${id}`, { body: { nl: 'Anders.', en: 'Other.' } }));
    expect((await anybody.get(`${website()}/${slug}`)).headers['etag']).toBe(before);
    told(await coach.post(`/v1/articles/${id}/publication`));
    expect((await anybody.get(`${website()}/${slug}`)).headers['etag']).not.toBe(before);
  });

  it('knows no practice that is not there, and none of another practice', async () => {
    const other = await openPractice(app);
    const { slug } = await publishArticle(other.coach);
    for (const url of [
      '/v1/practices/nergens/articles',
      '/v1/practices/%00/articles',
      `/v1/practices/x'--/articles`,
      `${website()}/${slug}`,
      `${website()}/%F0%9F%98%80`,
      `${website()}/..%2f..%2f`,
    ]) {
      expect((await anybody.get(url)).statusCode).toBe(404);
    }
  });

  it('lets nothing run that somebody wrote, in the text or in what search engines read', async () => {
    const evil = '</script><script>alert(1)</script><img src=x onerror=alert(1)>';
    const { slug } = await publishArticle(coach, {
      body: { nl: evil, en: `${evil}\n\n[x](javascript:alert(1))` },
      questions: [
        { question: { nl: 'Wat?', en: `What ${evil}?` }, answer: { nl: evil, en: `**Yes.** ${evil}` } },
      ],
    });
    const page = told<WebsiteArticle>(await anybody.get(`${website()}/${slug}`));
    expect(page.html).not.toMatch(/<(script|img)|onerror|javascript:/i);
    expect(page.questions[0]!.html).not.toMatch(/<(script|img)|onerror/i);
    expect(page.structuredData).not.toMatch(/[<>]/);
    expect(JSON.parse(page.structuredData!)).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'FAQPage',
      inLanguage: 'en',
      mainEntity: [
        {
          '@type': 'Question',
          name: `What ${evil}?`,
          acceptedAnswer: {
            '@type': 'Answer',
            text: expect.stringContaining('<strong>Yes.</strong>') as string,
          },
        },
      ],
    });
  });

  it('gives a page its title and description, and no structured data without questions', async () => {
    const { slug, title } = await publishArticle(coach, { questions: [] });
    const page = told<WebsiteArticle>(await anybody.get(`${website()}/${slug}`));
    expect(page.pageTitle).toMatch(new RegExp(`^${title.en} \\| Praktijk \\d+$`));
    expect(page.description).toBe('What a breath does.');
    expect(page).not.toHaveProperty('structuredData');
  });
});

describe('what a client is given to read', () => {
  it('is listed and read by the client in their language, and by nobody else', async () => {
    const { id: articleId } = await publishArticle(coach);
    const { id } = await give(articleId);
    const mine = told<OwnReadingPage>(await client.get('/v1/me/readings', { 'accept-language': 'nl' }));
    expect(mine.items[0]).toMatchObject({ id, description: 'Wat een adem doet.' });
    const own = told<OwnReading>(await client.get(`/v1/me/readings/${id}`, { 'accept-language': 'nl' }));
    expect(own.html).toBe('<p>Adem <strong>rustig</strong> uit.</p>');
    const other = await openFileWithAccount(app, coach);
    expect((await other.get(`/v1/me/readings/${id}`)).statusCode).toBe(404);
    expect(told<OwnReadingPage>(await other.get('/v1/me/readings')).items).toEqual([]);
    const listed = `/v1/clients/${client.clientId}/readings`;
    expect(told<ReadingPage>(await coach.get(listed)).items.map((one) => one.id)).toContain(id);
    expect((await practice.otherCoach.get(listed)).statusCode).toBe(404);
  });

  it('stays theirs when the article leaves the website, until the coach takes it back', async () => {
    const { id: articleId } = await publishArticle(coach);
    const { id } = await give(articleId);
    told(await coach.post(`/v1/articles/${articleId}/retirement`));
    told(await client.get(`/v1/me/readings/${id}`));
    expect((await practice.otherCoach.delete(`/v1/readings/${id}`)).statusCode).toBe(404);
    expect((await coach.delete(`/v1/readings/${id}`)).statusCode).toBe(204);
    expect((await client.get(`/v1/me/readings/${id}`)).statusCode).toBe(404);
  });

  it('is given once, of what is published, with consent, in an open file', async () => {
    const { id: articleId } = await publishArticle(coach);
    await give(articleId);
    const twice = await coach.post(`/v1/clients/${client.clientId}/readings`, { articleId });
    expect([twice.statusCode, problemOf(twice)]).toEqual([409, 'already-given']);
    const unfinished = await coach.post(`/v1/clients/${client.clientId}/readings`, {
      articleId: (await draft()).id,
    });
    expect(unfinished.json<{ errors: { pointer: string }[] }>().errors[0]!.pointer).toBe('/articleId');
    const without = await openFile(coach, { consent: undefined });
    const refused = await coach.post(`/v1/clients/${without.id}/readings`, { articleId });
    expect([refused.statusCode, problemOf(refused)]).toEqual([409, 'consent-required']);
  });

  it('goes along when the file is handed to another coach', async () => {
    const { id: clientId } = await openFile(coach);
    const { id } = await give((await publishArticle(coach)).id, clientId);
    told(
      await practice.admin.put(`/v1/clients/${clientId}/coach`, {
        coachId: practice.otherCoach.id,
        reason: 'Verhuisd',
        privateNotesGoAlong: false,
      }),
    );
    const listed = `/v1/clients/${clientId}/readings`;
    expect(told<ReadingPage>(await practice.otherCoach.get(listed)).items[0]!.id).toBe(id);
    expect((await coach.get(listed)).statusCode).toBe(404);
  });
});

describe('reading beside an exercise', () => {
  it('is chosen by the practice, in an order, and seen by who was given the exercise', async () => {
    const one = await publishArticle(coach);
    const two = await publishArticle(coach);
    const { id: exerciseId } = await exerciseCalled(coach, 'Pause before acting');
    const url = `/v1/exercises/${exerciseId}/articles`;
    const ids = async (answer: ReturnType<Caller['get']>): Promise<string[]> =>
      told<LinkedArticles>(await answer).items.map(({ id }) => id);
    expect(await ids(coach.put(url, { articleIds: [two.id, one.id] }))).toEqual([two.id, one.id]);
    expect(await ids(coach.put(url, { articleIds: [one.id, two.id] }))).toEqual([one.id, two.id]);
    expect(await ids(practice.admin.get(url))).toEqual([one.id, two.id]);
    const { id } = await assign(coach, client.clientId, { overrideLimit: true });
    const seen = told<LinkedArticles>(await client.get(`/v1/me/assignments/${id}/articles`));
    expect(told<WebsiteArticle>(await anybody.get(seen.items[0]!.address!)).slug).toBe(one.slug);
    const other = await openFileWithAccount(app, coach);
    expect((await other.get(`/v1/me/assignments/${id}/articles`)).statusCode).toBe(404);
    const bad = await coach.put(url, { articleIds: [one.id, (await draft()).id] });
    expect(bad.json<{ errors: { pointer: string }[] }>().errors[0]!.pointer).toBe('/articleIds/1');
    expect(await ids(coach.put(url, { articleIds: [] }))).toEqual([]);
  });
});
