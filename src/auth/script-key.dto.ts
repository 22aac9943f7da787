import { KEY_SCOPES, type KeyScope } from '../common/actor.js';
import { Codes, Id, Instant, Line, Optional, Parts, WholeNumber } from '../common/fields.js';

export class MakeKey {
  /** What it is for, so that you know it again. */
  @Line(80, { example: 'Nachtelijke kopie naar de boekhouding' })
  name: string;

  @Codes(KEY_SCOPES, { minItems: 1 })
  scopes: KeyScope[];

  /** It ends by itself after so many days; 90 when left out. */
  @Optional()
  @WholeNumber(1, 365)
  expiresInDays?: number;
}

export class KeyView {
  @Id()
  id: string;

  @Line(80)
  name: string;

  @Codes(KEY_SCOPES)
  scopes: KeyScope[];

  @Instant()
  createdAt: string;

  @Instant()
  expiresAt: string;

  /** Absent while it was never used. */
  @Instant()
  lastUsedAt?: string;
}

export class MadeKeyView extends KeyView {
  /** Send it as `Authorization: Bearer …`. Told once; absent where the same request is repeated. */
  @Line(120)
  key?: string;
}

export class KeyList {
  @Parts(() => KeyView, 100)
  items: KeyView[];
}
