import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength } from 'class-validator';
import {
  Code,
  EmailAddress,
  Id,
  Instant,
  Line,
  Optional,
  Part,
  Parts,
  Phone,
  Text,
  WholeNumber,
} from '../common/fields.js';
import { type Language, LANGUAGES } from '../common/language.js';
import { PageQuery } from '../common/page.dto.js';
import { INTAKE_REQUEST_STATUSES, type IntakeRequestStatus } from './intake-request.entity.js';

/** A field that a person does not see and a program fills in. */
const LeftEmpty = (): PropertyDecorator =>
  applyDecorators(ApiProperty({ type: String, maxLength: 2000 }), IsString(), MaxLength(2000));

export class IntakeConsent {
  /** That the text was read and agreed to; nothing else is taken. */
  @ApiProperty({ type: Boolean, enum: [true] })
  @IsIn([true])
  accepted: true;

  /** Which version of the practice's text; the current one. */
  @WholeNumber(1, 10_000)
  textVersion: number;
}

export class SendIntakeRequest {
  @Line(120, { example: 'Sanne Bakker' })
  name: string;

  @EmailAddress({ example: 'sanne@bakkerontwerp.example' })
  email: string;

  /** International form, E.164. */
  @Optional()
  @Phone({ example: '+31612345678' })
  phone?: string;

  /** The language to be answered in; as `Accept-Language` asks when left out. */
  @Optional()
  @Code(LANGUAGES)
  language?: Language;

  @Text(4000, { example: 'Ik sta altijd aan. Hoe kom ik weer tot rust?' })
  message: string;

  @Part(() => IntakeConsent)
  consent: IntakeConsent;

  /** Stays empty: a form hides this field from people. */
  @Optional()
  @LeftEmpty()
  website?: string;
}

/** What a form on a website needs to ask. */
export class IntakeForm {
  /** The name of the practice. */
  @Line(120)
  practice: string;

  @WholeNumber(1, 10_000)
  textVersion: number;

  /** What is consented to with the request, in the language that was asked for. */
  @Text(20_000)
  consentText: string;
}

export class IntakeFormQuery {
  /** The language to read in; as `Accept-Language` asks when left out. */
  @Optional()
  @Code(LANGUAGES)
  language?: Language;
}

export class IntakeRequestQuery extends PageQuery {
  @Optional()
  @Code(INTAKE_REQUEST_STATUSES)
  status?: IntakeRequestStatus;
}

export class AcceptIntakeRequest {
  /** The coach of the new file: any of the practice. */
  @Id()
  coachId: string;
}

/** Who asked, as long as it was not answered; then no more than that it was there. */
export class IntakeRequestView {
  @Id()
  id: string;

  @Code(INTAKE_REQUEST_STATUSES)
  status: IntakeRequestStatus;

  @Optional()
  @Line(120)
  name?: string;

  @Optional()
  @EmailAddress()
  email?: string;

  @Optional()
  @Phone({ example: '+31612345678' })
  phone?: string;

  @Optional()
  @Code(LANGUAGES)
  language?: Language;

  @Optional()
  @Text(4000)
  message?: string;

  /** The version of the consent text that was accepted with it. */
  @WholeNumber(1, 10_000)
  textVersion: number;

  @Instant()
  receivedAt: string;

  /** When it is deleted, whatever became of it. */
  @Instant()
  deletedAt: string;

  /** When it was answered. */
  @Optional()
  @Instant()
  closedAt?: string;

  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class IntakeRequestPage {
  @Parts(() => IntakeRequestView, 100)
  items: IntakeRequestView[];

  /** Where the next page begins; absent on the last. */
  @Optional()
  @Line(500)
  next?: string;
}
