import { Code, Instant, Line, Optional, Parts, Text } from '../../common/fields.js';
import { type Language, LANGUAGES } from '../../common/language.js';
import { PageQuery } from '../../common/page.dto.js';

const LONGEST_HTML = 200_000;

export class WebsiteArticleQuery {
  /** The language to read in; as `Accept-Language` asks when left out. */
  @Optional()
  @Code(LANGUAGES)
  language?: Language;
}

export class WebsiteArticlesQuery extends PageQuery {
  /** The language to read in; as `Accept-Language` asks when left out. */
  @Optional()
  @Code(LANGUAGES)
  language?: Language;

  /** Words that an article holds in that language, each as the beginning of a word; capitals and accents do not matter. */
  @Optional()
  @Line(200)
  q?: string;
}

export class WebsiteArticleListed {
  @Line(120, { example: 'spanning-en-loslaten' })
  slug: string;

  @Line(120)
  title: string;

  /** What it is about, in a sentence or two. */
  @Line(300)
  description: string;

  @Instant()
  publishedAt: string;
}

export class WebsiteArticlePage {
  @Parts(() => WebsiteArticleListed, 100)
  items: WebsiteArticleListed[];

  /** Where the next page begins; absent on the last. */
  @Optional()
  @Line(500)
  next?: string;
}

/** A question with its answer, as HTML that is safe in any page. */
export class AnsweredQuestion {
  @Line(200)
  question: string;

  /** No script, style or image is in it. */
  @Text(LONGEST_HTML)
  html: string;
}

/** What an article says in one language, as HTML that is safe in any page. */
export class ArticleText {
  @Line(120)
  title: string;

  /** For `<meta name="description">`, and for lists. */
  @Line(300)
  description: string;

  /** No script, style or image is in it; its headings begin at the second level. */
  @Text(LONGEST_HTML)
  html: string;

  @Parts(() => AnsweredQuestion, 20)
  questions: AnsweredQuestion[];
}

export class WebsiteArticle extends ArticleText {
  @Line(120)
  slug: string;

  @Code(LANGUAGES)
  language: Language;

  /** For `<title>`: what it is about, and whose it is. */
  @Line(250, { example: 'Spanning en loslaten | Adem & Rust' })
  pageTitle: string;

  @Instant()
  publishedAt: string;

  /**
   * JSON-LD for search engines (schema.org `FAQPage`), as text that goes into `<script type="application/ld+json">` as
   * it is; absent where there are no questions.
   */
  @Optional()
  @Text(LONGEST_HTML)
  structuredData?: string;
}
