import { Code, EmailAddress, Instant, Line, Parts, Text, Texts } from '../common/fields.js';
import { ACTIVITY_CODES, type ActivityCode, FIELD_CLASSES, type FieldClass } from './classified.js';

export class RegisterContact {
  @Line(120)
  name: string;

  @EmailAddress()
  email: string;
}

export class RegisteredField {
  @Line(80, { example: 'sessions' })
  table: string;

  @Line(80, { example: 'starts_at' })
  column: string;

  /** What kind of data: who somebody is, how to reach them, special (art. 9), for the tax office, or technical. */
  @Code(FIELD_CLASSES)
  class: FieldClass;

  @Text(400)
  kept: string;
}

export class RegisteredClass {
  @Code(FIELD_CLASSES)
  class: FieldClass;

  @Line(120, { example: 'Bijzondere gegevens (gezondheid)' })
  name: string;
}

export class RegisteredActivity {
  @Code(ACTIVITY_CODES)
  code: ActivityCode;

  @Line(120)
  name: string;

  @Text(1000)
  purpose: string;

  /** On which ground of the AVG. */
  @Text(1000)
  ground: string;

  /** About whom. */
  @Text(400)
  people: string;

  @Text(400)
  recipients: string;

  /** The kinds of data among the fields. */
  @Parts(() => RegisteredClass, 5)
  classes: RegisteredClass[];

  @Parts(() => RegisteredField, 1000)
  fields: RegisteredField[];
}

export class ProcessingRegister {
  /** The practice, which answers for all of this. */
  @Line(120)
  practice: string;

  /** The administrators, whom to ask. */
  @Parts(() => RegisterContact, 100)
  contacts: RegisterContact[];

  @Instant()
  madeAt: string;

  @Parts(() => RegisteredActivity, 20)
  activities: RegisteredActivity[];

  /** What goes beyond the European Economic Area. */
  @Text(1000)
  transfers: string;

  @Texts(20, 400)
  measures: string[];
}
