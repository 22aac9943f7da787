import { applyDecorators } from '@nestjs/common';
import { ValidateBy } from 'class-validator';
import { Code, Id, Instant, Line, Optional, Part, Parts, Text, WholeNumber } from '../../common/fields.js';
import { PageQuery } from '../../common/page.dto.js';
import { ARTICLE_STATUSES, type ArticleStatus } from './article.entity.js';
import { isRenderable } from './markdown.js';

const LARGEST = 2_147_483_647;

/** A text in Markdown that a page can be made of. */
const Markdown = (maxLength: number): PropertyDecorator =>
  applyDecorators(
    Text(maxLength),
    ValidateBy({ name: 'isMarkdown', validator: { validate: (value) => isRenderable(value, maxLength) } }),
  );

/** Also the title of the page that shows it. */
export class ArticleTitle {
  @Line(120, { example: 'Spanning en loslaten' })
  nl: string;

  @Line(120, { example: 'Tension and letting go' })
  en: string;
}

/** In a sentence or two: what stands in a list, and what a search engine shows. */
export class ArticleSummary {
  @Line(300)
  nl: string;

  @Line(300)
  en: string;
}

/** Markdown. HTML in it is not kept. */
export class ArticleBody {
  @Markdown(20_000)
  nl: string;

  @Markdown(20_000)
  en: string;
}

export class QuestionWords {
  @Line(200, { example: 'Waarom helpt harder proberen niet?' })
  nl: string;

  @Line(200, { example: 'Why does trying harder not help?' })
  en: string;
}

/** Markdown. HTML in it is not kept. */
export class AnswerWords {
  @Markdown(4000)
  nl: string;

  @Markdown(4000)
  en: string;
}

export class QuestionAndAnswer {
  @Part(() => QuestionWords)
  question: QuestionWords;

  @Part(() => AnswerWords)
  answer: AnswerWords;
}

/** What an article says. A text is given in both languages at once, so that one never lags behind the other. */
export class ArticleContent {
  @Part(() => ArticleTitle)
  title: ArticleTitle;

  @Part(() => ArticleSummary)
  summary: ArticleSummary;

  @Part(() => ArticleBody)
  body: ArticleBody;

  @Parts(() => QuestionAndAnswer, 20)
  questions: QuestionAndAnswer[];
}

export class DraftArticle extends ArticleContent {
  /** Its name in addresses, which never changes; made of the Dutch title when left out. */
  @Optional()
  @Line(120, { example: 'spanning-en-loslaten' })
  slug?: string;
}

export class ChangeArticle {
  @Optional()
  @Part(() => ArticleTitle)
  title?: ArticleTitle;

  @Optional()
  @Part(() => ArticleSummary)
  summary?: ArticleSummary;

  @Optional()
  @Part(() => ArticleBody)
  body?: ArticleBody;

  @Optional()
  @Parts(() => QuestionAndAnswer, 20)
  questions?: QuestionAndAnswer[];
}

export class ArticleQuery extends PageQuery {
  @Optional()
  @Code(ARTICLE_STATUSES)
  status?: ArticleStatus;

  /** Words that it holds, each as the beginning of a word; capitals and accents do not matter. */
  @Optional()
  @Line(200)
  q?: string;
}

/** An article in a list, by its newest version. */
export class ArticleListed {
  @Id()
  id: string;

  @Line(120)
  slug: string;

  @Code(ARTICLE_STATUSES)
  status: ArticleStatus;

  @Part(() => ArticleTitle)
  title: ArticleTitle;

  @Part(() => ArticleSummary)
  summary: ArticleSummary;

  /** The version that is being drafted; absent when there is no draft. */
  @Optional()
  @WholeNumber(1, LARGEST)
  draftVersion?: number;

  /** The version that anybody may read; absent before the first publication. */
  @Optional()
  @WholeNumber(1, LARGEST)
  publishedVersion?: number;

  @Instant()
  createdAt: string;

  @WholeNumber(1, LARGEST)
  version: number;
}

export class ArticlePage {
  @Parts(() => ArticleListed, 100)
  items: ArticleListed[];

  /** Where the next page begins; absent on the last. */
  @Optional()
  @Line(500)
  next?: string;
}

/** An article by its newest version, be that a draft. */
export class ArticleView extends ArticleListed {
  @Part(() => ArticleBody)
  body: ArticleBody;

  @Parts(() => QuestionAndAnswer, 20)
  questions: QuestionAndAnswer[];
}

export class ArticleVersionView extends ArticleContent {
  /** Counts the versions of this article. */
  @WholeNumber(1, LARGEST)
  articleVersion: number;

  /** Who wrote it last; absent for what the practice started with. */
  @Optional()
  @Id()
  writtenBy?: string;

  @Instant()
  writtenAt: string;

  /** From then on it does not change. */
  @Optional()
  @Instant()
  publishedAt?: string;
}

export class ArticleVersionPage {
  @Parts(() => ArticleVersionView, 100)
  items: ArticleVersionView[];

  /** Where the next page begins; absent on the last. */
  @Optional()
  @Line(500)
  next?: string;
}
