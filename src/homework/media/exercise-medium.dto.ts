import { Code, Id, Instant, Line, WholeNumber } from '../../common/fields.js';
import { HttpsAddress } from '../../common/web-fields.js';
import { PLAYED } from './content-types.js';
import { MEDIA_KINDS, type MediaKind } from './exercise-medium.entity.js';

/** A recording that lies elsewhere: who plays it, calls on that place with their own browser. */
export class LinkedMedium {
  @Code(['link'])
  by: 'link';

  @Code(MEDIA_KINDS)
  kind: MediaKind;

  @HttpsAddress({ example: 'https://video.example.nl/adem' })
  url: string;
}

/** A recording that the practice uploaded. */
export class UploadedMedium {
  @Code(['upload'])
  by: 'upload';

  @Code(MEDIA_KINDS)
  kind: MediaKind;

  @Id()
  mediumId: string;
}

export type Medium = LinkedMedium | UploadedMedium;

/** A medium that is neither; it only tells which kinds there are. */
export class NoMedium {
  @Code(['link', 'upload'])
  by: string;
}

export const MEDIA = { link: LinkedMedium, upload: UploadedMedium };

/** A recording as the client plays it. */
export class PlayableMedium {
  /** By link, it is fetched from somebody else than the practice. */
  @Code(['link', 'upload'])
  by: 'link' | 'upload';

  @Code(MEDIA_KINDS)
  kind: MediaKind;

  /** Where it is to be had: elsewhere, or with the client's own sign-in at this API. */
  @Line(2000, { example: '/v1/me/assignments/0198c5a0-0000-7000-8000-000000000000/medium' })
  url: string;
}

/** What is known of an uploaded recording; how its maker called it is not kept. */
export class ExerciseMediumView {
  @Id()
  id: string;

  /** Found in the bytes themselves. */
  @Code(PLAYED)
  contentType: string;

  @WholeNumber(1, 2_147_483_647)
  bytes: number;

  @Instant()
  uploadedAt: string;
}
