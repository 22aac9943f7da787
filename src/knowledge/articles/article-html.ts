import type { PublishedText } from './article.queries.js';
import { renderMarkdown } from './markdown.js';

/** What an article says, ready for a page. */
export interface ArticleHtml {
  readonly title: string;
  readonly description: string;
  readonly html: string;
  readonly questions: { readonly question: string; readonly html: string }[];
}

export function articleHtml({ title, summary, body, questions, answers }: PublishedText): ArticleHtml {
  return {
    title,
    description: summary,
    html: renderMarkdown(body),
    questions: questions.map((question, i) => ({ question, html: renderMarkdown(answers[i]!) })),
  };
}
