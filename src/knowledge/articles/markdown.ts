import { Marked } from 'marked';
import sanitizeHtml, { type IOptions } from 'sanitize-html';

/** Without tables: a short text can ask for millions of cells. */
const MARKDOWN = new Marked({ async: false, gfm: true, tokenizer: { table: () => undefined } });

/** What a text needs, and nothing that loads, runs, or looks like the page around it. */
const ALLOWED: IOptions = {
  allowedTags: [
    ...['h2', 'h3', 'h4', 'p', 'br', 'hr', 'ul', 'ol', 'li', 'blockquote', 'pre'],
    ...['strong', 'em', 'del', 'code', 'a'],
  ],
  allowedAttributes: { a: ['href', 'rel'], ol: ['start'] },
  allowedSchemes: ['https', 'http', 'mailto', 'tel'],
  allowProtocolRelative: false,
  // The page has its one title above the text.
  transformTags: { h1: 'h2', a: sanitizeHtml.simpleTransform('a', { rel: 'noopener noreferrer' }) },
};

/** Markdown as HTML that can stand in any page: whatever was written, no script, style or image comes out of it. */
export function renderMarkdown(markdown: string): string {
  return sanitizeHtml(MARKDOWN.parse(markdown, { async: false }), ALLOWED).trim();
}

/** What opens or closes emphasis. Each is held against the others, so that twice as many take four times as long. */
const MARKS = /[*_~]+/g;
const MOST_MARKS = 2_000;

/**
 * A thousand quotes within quotes are too deep to render, and ten thousand marks of emphasis take longer than anybody
 * else should have to wait; better said to who writes it than to who reads.
 */
export function isRenderable(markdown: unknown, maxLength: number): boolean {
  // What is no text, or too long a one, is refused for that.
  if (typeof markdown !== 'string' || markdown.length > maxLength) return true;
  if ((markdown.match(MARKS)?.length ?? 0) > MOST_MARKS) return false;
  try {
    renderMarkdown(markdown);
    return true;
  } catch {
    return false;
  }
}
