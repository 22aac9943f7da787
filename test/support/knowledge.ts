import type { ArticleView, DraftArticle } from '../../src/knowledge/articles/article.dto.js';
import { type Caller, told } from './caller.js';

/** What somebody sends by the form on a website. */
export const INTAKE = {
  name: 'Iris van Dam',
  email: 'iris@vandam.example',
  phone: '+31612345678',
  language: 'nl',
  message: 'Ik sta altijd aan. Kan ik eens komen praten?',
  consent: { accepted: true, textVersion: 1 },
};

let articles = 0;

/** An article that a practice writes, with a title and an address of its own. */
export function article(more: object = {}): DraftArticle {
  articles += 1;
  return {
    title: { nl: `Over ademen ${articles}`, en: `On breathing ${articles}` },
    summary: { nl: 'Wat een adem doet.', en: 'What a breath does.' },
    body: { nl: 'Adem **rustig** uit.', en: 'Breathe out **slowly**.' },
    questions: [
      {
        question: { nl: 'Hoe lang?', en: 'For how long?' },
        answer: { nl: 'Zolang je wilt.', en: 'As long as you like.' },
      },
    ],
    ...more,
  };
}

export async function publishArticle(writer: Caller, more: object = {}): Promise<ArticleView> {
  const { id } = told<ArticleView>(await writer.post('/v1/articles', article(more)));
  return told(await writer.post(`/v1/articles/${id}/publication`));
}
