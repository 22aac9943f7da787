import type { ArticleHtml } from '../articles/article-html.js';

/**
 * The questions of an article in the words of search engines (https://schema.org/FAQPage, JSON-LD 1.1). No `<` is left
 * in it: what somebody wrote cannot end the script element that it stands in.
 */
export function faqPage({ title, questions }: ArticleHtml, language: string): string | undefined {
  if (questions.length === 0) return undefined;
  const data = {
    '@context': 'https://schema.org',
    '@type': 'FAQPage',
    name: title,
    inLanguage: language,
    mainEntity: questions.map(({ question, html }) => ({
      '@type': 'Question',
      name: question,
      acceptedAnswer: { '@type': 'Answer', text: html },
    })),
  };
  return JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, escaped);
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
