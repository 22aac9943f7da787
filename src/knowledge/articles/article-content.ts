import { wordsIn } from '../../common/fold.js';
import { LANGUAGES, type Language } from '../../common/language.js';
import type { ArticleContent } from './article.dto.js';
import type { ArticleVersion } from './article-version.entity.js';

/** What an article says, as a plain object. */
export type Content = Pick<ArticleContent, keyof ArticleContent>;

/** The columns in which a version keeps what an article says. */
export type ContentColumns = Omit<
  ArticleVersion,
  'practiceId' | 'articleId' | 'version' | 'writtenBy' | 'writtenAt' | 'publishedAt'
>;

/** What an article says in one language. */
export interface Said {
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly questions: readonly { readonly question: string; readonly answer: string }[];
}

export function columnsOf(content: Content): ContentColumns {
  const { title, summary, body, questions } = content;
  const [wordsNl, wordsEn] = LANGUAGES.map((language) => searchWords(saidIn(content, language)));
  return {
    titleNl: title.nl,
    titleEn: title.en,
    summaryNl: summary.nl,
    summaryEn: summary.en,
    bodyNl: body.nl,
    bodyEn: body.en,
    questionsNl: questions.map(({ question }) => question.nl),
    questionsEn: questions.map(({ question }) => question.en),
    answersNl: questions.map(({ answer }) => answer.nl),
    answersEn: questions.map(({ answer }) => answer.en),
    wordsNl: wordsNl!,
    wordsEn: wordsEn!,
  };
}

export function contentOf(version: ContentColumns): Content {
  const { questionsNl, questionsEn, answersNl, answersEn } = version;
  return {
    title: { nl: version.titleNl, en: version.titleEn },
    summary: { nl: version.summaryNl, en: version.summaryEn },
    body: { nl: version.bodyNl, en: version.bodyEn },
    questions: questionsNl.map((nl, i) => ({
      question: { nl, en: questionsEn[i]! },
      answer: { nl: answersNl[i]!, en: answersEn[i]! },
    })),
  };
}

export function saidIn({ title, summary, body, questions }: Content, language: Language): Said {
  return {
    title: title[language],
    summary: summary[language],
    body: body[language],
    questions: questions.map(({ question, answer }) => ({
      question: question[language],
      answer: answer[language],
    })),
  };
}

/** Each behind a space, so that the beginning of a word is told from its middle. */
function searchWords({ title, summary, body, questions }: Said): string {
  const texts = [title, summary, body, ...questions.flatMap(({ question, answer }) => [question, answer])];
  return wordsIn(texts.join('\n'))
    .map((word) => ` ${word}`)
    .join('');
}
