import { given } from '../../common/patch.js';
import type { ChangeExercise, ExerciseContent } from './exercise.dto.js';
import type { Medium } from '../media/exercise-medium.dto.js';
import type { ExerciseVersion } from './exercise-version.entity.js';

/** The columns in which a version keeps what an exercise says. */
export type ContentColumns = Omit<
  ExerciseVersion,
  'practiceId' | 'exerciseId' | 'version' | 'writtenBy' | 'writtenAt' | 'publishedAt'
>;

/** What an exercise says, as a plain object. */
export type Content = Pick<ExerciseContent, keyof ExerciseContent>;

const LONGEST_TITLE = 120;

export function columnsOf(content: Content): ContentColumns {
  const { title, purpose, steps, cautions, technique, approach, moment, minutes, rhythm, media } = content;
  return {
    titleNl: title.nl,
    titleEn: title.en,
    purposeNl: purpose.nl,
    purposeEn: purpose.en,
    stepsNl: steps.map(({ nl }) => nl),
    stepsEn: steps.map(({ en }) => en),
    cautionsNl: cautions?.nl ?? null,
    cautionsEn: cautions?.en ?? null,
    technique,
    approach,
    moment,
    minutes,
    rhythm,
    mediaKind: media?.kind ?? null,
    mediaUrl: media?.by === 'link' ? media.url : null,
    mediaId: media?.by === 'upload' ? media.mediumId : null,
  };
}

export function contentOf(version: ContentColumns): Content {
  const { cautionsNl, cautionsEn, technique, approach, moment, minutes, rhythm } = version;
  const media = mediumOf(version);
  return {
    title: { nl: version.titleNl, en: version.titleEn },
    purpose: { nl: version.purposeNl, en: version.purposeEn },
    steps: version.stepsNl.map((nl, i) => ({ nl, en: version.stepsEn[i]! })),
    ...(cautionsNl && cautionsEn && { cautions: { nl: cautionsNl, en: cautionsEn } }),
    technique,
    approach,
    moment,
    minutes,
    rhythm,
    ...(media && { media }),
  };
}

function mediumOf({ mediaKind: kind, mediaUrl: url, mediaId }: ContentColumns): Medium | undefined {
  if (!kind) return undefined;
  return mediaId ? { by: 'upload', kind, mediumId: mediaId } : { by: 'link', kind, url: url! };
}

/** What stands, with the fields that the input has put in their place; null takes cautions or media away. */
export function patched(
  stands: Content,
  { cautions, media, ...input }: Omit<ChangeExercise, 'tags'>,
): Content {
  const { cautions: hadCautions, media: hadMedia, ...others } = stands;
  const nextCautions = cautions === undefined ? hadCautions : cautions;
  const nextMedia = media === undefined ? hadMedia : media;
  return {
    ...others,
    ...given(input),
    ...(nextCautions && { cautions: nextCautions }),
    ...(nextMedia && { media: nextMedia }),
  };
}

/** The same under a title that tells it apart. */
export function asCopy({ title, ...content }: Content): Content {
  return { ...content, title: { nl: followedBy(title.nl, ' (kopie)'), en: followedBy(title.en, ' (copy)') } };
}

function followedBy(title: string, addition: string): string {
  // Not through the middle of a character of two code units.
  const room = title.slice(0, LONGEST_TITLE - addition.length).replace(/[\ud800-\udbff]$/, '');
  return `${room.trimEnd()}${addition}`;
}
