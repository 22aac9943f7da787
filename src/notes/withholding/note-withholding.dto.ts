import { Code, Id, Instant, Text, WholeNumber } from '../../common/fields.js';
import { WITHHOLDING_GROUNDS, type WithholdingGround } from './note-withholding.entity.js';

export class WithholdNote {
  @Code(WITHHOLDING_GROUNDS)
  ground: WithholdingGround;

  /** Why this ground holds here; who asks for account of it reads this, and the client does not. */
  @Text(2000, { example: 'Er staat wat zijn compagnon in vertrouwen vertelde.' })
  reason: string;
}

/** On what ground the texts of a note stay out of a copy that its client asks for. */
export class NoteWithholdingView {
  @Code(WITHHOLDING_GROUNDS)
  ground: WithholdingGround;

  @Text(2000)
  reason: string;

  @Id()
  recordedBy: string;

  @Instant()
  recordedAt: string;

  @WholeNumber(1, 2_147_483_647)
  version: number;
}
