import { Id, Ids, Instant, Line, Optional, Part, Parts } from '../../common/fields.js';
import { ArticleSummary, ArticleTitle } from '../articles/article.dto.js';
import { ArticleText } from '../website/website.dto.js';

export class GiveReading {
  /** A published article of the practice. */
  @Id()
  articleId: string;
}

/** What a client was given to read. Whether they did is not kept. */
export class ReadingView {
  @Id()
  id: string;

  @Id()
  clientId: string;

  @Id()
  articleId: string;

  @Part(() => ArticleTitle)
  title: ArticleTitle;

  @Instant()
  createdAt: string;
}

export class ReadingPage {
  @Parts(() => ReadingView, 100)
  items: ReadingView[];

  /** Where the next page begins; absent on the last. */
  @Optional()
  @Line(500)
  next?: string;
}

/** For the client, in their language. */
export class OwnReadingListed {
  @Id()
  id: string;

  @Line(120)
  title: string;

  /** What it is about, in a sentence or two. */
  @Line(300)
  description: string;

  @Instant()
  givenAt: string;
}

export class OwnReadingPage {
  @Parts(() => OwnReadingListed, 100)
  items: OwnReadingListed[];

  /** Where the next page begins; absent on the last. */
  @Optional()
  @Line(500)
  next?: string;
}

export class OwnReading extends ArticleText {
  @Id()
  id: string;
}

export class LinkArticles {
  /** Published articles of the practice, in the order in which they stand; none takes all away. */
  @Ids(10)
  articleIds: string[];
}

/** An article that stands beside an exercise. */
export class LinkedArticle {
  @Id()
  id: string;

  @Part(() => ArticleTitle)
  title: ArticleTitle;

  @Part(() => ArticleSummary)
  summary: ArticleSummary;

  /** Where anybody may read it; absent while it is not on the website. */
  @Optional()
  @Line(250, { example: '/v1/practices/adem-en-rust/articles/rust-en-slaap' })
  address?: string;
}

export class LinkedArticles {
  @Parts(() => LinkedArticle, 10)
  items: LinkedArticle[];
}
