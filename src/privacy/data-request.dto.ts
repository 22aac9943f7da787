import { Code, Day, Id, Instant, Line, Optional, Parts, WholeNumber } from '../common/fields.js';
import { PageQuery } from '../common/page.dto.js';
import {
  CLOSING_REASONS,
  type ClosingReason,
  DATA_REQUEST_KINDS,
  DATA_REQUEST_STATUSES,
  type DataRequestKind,
  type DataRequestStatus,
} from './data-request.entity.js';

export class DataRequestQuery extends PageQuery {
  @Optional()
  @Code(DATA_REQUEST_STATUSES)
  status?: DataRequestStatus;
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

  /** The withdrawn consent that an erasure follows from. */
  @Id()
  consentId?: string;

  @Day()
  receivedOn: string;

  /** The day by which it is answered: a month after it was received. */
  @Day()
  dueOn: string;

  @Instant()
  createdAt: string;

  @Instant()
  closedAt?: string;

  @Code(CLOSING_REASONS)
  closedBecause?: ClosingReason;

  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class DataRequestPage {
  @Parts(() => DataRequestView, 100)
  items: DataRequestView[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}
