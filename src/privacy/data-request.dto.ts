import { Code, Day, Id, Instant, Line, Optional, Parts, Text, WholeNumber } from '../common/fields.js';
import { PageQuery } from '../common/page.dto.js';
import {
  CLOSING_REASONS,
  type ClosingReason,
  DATA_REQUEST_KINDS,
  DATA_REQUEST_STATUSES,
  type DataRequestKind,
  type DataRequestStatus,
  REFUSAL_GROUNDS,
  type RefusalGround,
  REQUEST_CHANNELS,
  type RequestChannel,
} from './data-request.entity.js';

export class DataRequestQuery extends PageQuery {
  @Optional()
  @Code(DATA_REQUEST_STATUSES)
  status?: DataRequestStatus;
}

export class AskDataRequest {
  @Code(DATA_REQUEST_KINDS)
  kind: DataRequestKind;

  /** What it is about; for a rectification, what is not right and how it is. */
  @Optional()
  @Text(4000, { example: 'Mijn bedrijf heet anders dan in mijn dossier staat.' })
  details?: string;
}

export class RegisterDataRequest extends AskDataRequest {
  @Id()
  clientId: string;

  /** The day on which the practice received it; today when left out. */
  @Optional()
  @Day({ example: '2026-03-02' })
  receivedOn?: string;
}

export class RefuseDataRequest {
  @Code(REFUSAL_GROUNDS)
  ground: RefusalGround;

  /** What the client is told: why not. */
  @Text(4000, { example: 'De facturen bewaren we zeven jaar, omdat de wet dat vraagt.' })
  answer: string;
}

export class ExtendDataRequest {
  /** Why it takes longer, as the client is told. */
  @Text(2000, { example: 'Je dossier is groot, en we nemen er graag de tijd voor.' })
  reason: string;
}

export class CompleteDataRequest {
  /** What was done, as the client is told. */
  @Optional()
  @Text(4000, { example: 'We hebben de naam van je bedrijf aangepast.' })
  answer?: string;
}

export class DataRequestView {
  @Id()
  id: string;

  @Id()
  clientId: string;

  @Code(DATA_REQUEST_KINDS)
  kind: DataRequestKind;

  @Code(DATA_REQUEST_STATUSES)
  status: DataRequestStatus;

  /** How it came: from the client in the portal, on paper, as a coach's proposal, or from the system by itself. */
  @Code(REQUEST_CHANNELS)
  channel: RequestChannel;

  /** The withdrawn consent that an erasure follows from. */
  @Id()
  consentId?: string;

  @Day()
  receivedOn: string;

  /** The day by which it is answered: a month after it was received, or three once it was extended. */
  @Day()
  dueOn: string;

  @Day()
  extendedOn?: string;

  @Code(REFUSAL_GROUNDS)
  refusalGround?: RefusalGround;

  @Instant()
  decidedAt?: string;

  /** The day on which an approved erasure is carried out; until then it can be called off. */
  @Day()
  erasesOn?: string;

  /** Until when the copy that was asked for can be fetched; absent while there is none. */
  @Instant()
  fileUntil?: string;

  @Instant()
  createdAt: string;

  @Instant()
  closedAt?: string;

  @Code(CLOSING_REASONS)
  closedBecause?: ClosingReason;

  @WholeNumber(1, 2_147_483_647)
  version: number;
}

/** One request, with what was said back and forth. */
export class DataRequestDetail extends DataRequestView {
  @Text(4000)
  details?: string;

  @Text(2000)
  extensionReason?: string;

  @Text(4000)
  answer?: string;
}

/** What a registration made; a coach sees no more of it. */
export class RegisteredDataRequest {
  @Id()
  id: string;

  @Code(DATA_REQUEST_STATUSES)
  status: DataRequestStatus;

  @Day()
  receivedOn: string;

  @Day()
  dueOn: string;
}

export class DataRequestPage {
  @Parts(() => DataRequestView, 100)
  items: DataRequestView[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}

/** What opens the copy for a client without a login. */
export class CopyPassphrase {
  /** Five groups of five letters and digits. */
  @Line(40, { example: '7k2mp-0q9vx-3hd8t-cw5ra-1nz6e' })
  passphrase: string;

  /** The request that the copy answers. */
  @Id()
  requestId: string;
}
