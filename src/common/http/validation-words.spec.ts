import 'reflect-metadata';
import { getMetadataStorage } from 'class-validator';
import * as fields from '../fields.js';
import * as figureFields from '../figure-fields.js';
import * as passwordFields from '../password-fields.js';
import * as webFields from '../web-fields.js';
import { LANGUAGES } from '../language.js';
import { wordsFor } from './validation-words.js';

class Part {
  @fields.Flag()
  flag: boolean;
}

/** Every kind of field there is; the test below fails when a new kind is missing here. */
const kinds: Record<
  Exclude<
    keyof (typeof fields & typeof figureFields & typeof passwordFields & typeof webFields),
    'Optional' | 'Clearable' | 'OrNull'
  >,
  PropertyDecorator
> = {
  Line: fields.Line(10),
  Text: fields.Text(10),
  Fragment: fields.Fragment(10),
  NewPassword: passwordFields.NewPassword(),
  Password: passwordFields.Password(),
  Base64Url: fields.Base64Url(10),
  Code: fields.Code(['a']),
  Codes: fields.Codes(['a']),
  Lines: fields.Lines(3, 10),
  Texts: fields.Texts(3, 10),
  WholeNumber: fields.WholeNumber(0, 10),
  Figure: figureFields.Figure(0, 10),
  WholeNumbers: fields.WholeNumbers(0, 10, 3),
  Flag: fields.Flag(),
  Id: fields.Id(),
  Ids: fields.Ids(5),
  HttpsAddress: webFields.HttpsAddress(),
  Day: fields.Day(),
  TimeOfDay: fields.TimeOfDay(),
  Instant: fields.Instant(),
  EmailAddress: fields.EmailAddress(),
  Phone: fields.Phone(),
  TimeZone: fields.TimeZone(),
  AnyObject: fields.AnyObject(),
  ObjectOnly: fields.ObjectOnly(),
  Part: fields.Part(() => Part),
  Parts: fields.Parts(() => Part, 3),
  CodeName: fields.CodeName(),
  CodeNames: fields.CodeNames(3),
};

class Everything {}
for (const [kind, decorate] of Object.entries(kinds)) decorate(Everything.prototype, kind);

const rules = getMetadataStorage()
  .getTargetValidationMetadatas(Everything, '', false, false)
  .filter(({ type }) => type !== 'conditionalValidation')
  .map(({ name, type, ...rule }) => ({
    name: name ?? type,
    limits: (rule.constraints as unknown[] | undefined) ?? [],
  }));

const UNKNOWN = wordsFor('a rule that nobody knows', []);

describe('the words for what is wrong', () => {
  it('are there for every kind of field', () => {
    const known = [...Object.keys(kinds), 'Optional', 'Clearable', 'OrNull'].sort();
    expect([fields, figureFields, passwordFields, webFields].flatMap(Object.keys).sort()).toEqual(known);
  });

  it.each(rules.map(({ name, limits }) => [name, limits]))(
    'of %s are known, in both languages',
    (name, limits) => {
      const words = wordsFor(name, limits);
      expect(words).not.toEqual(UNKNOWN);
      for (const language of LANGUAGES) expect(words[language]).not.toMatch(/undefined|NaN|\[object/);
    },
  );

  it('of what the framework itself refuses are known too', () => {
    for (const rule of ['whitelistValidation', 'unknownValue', 'nestedValidation']) {
      expect(wordsFor(rule, [])).not.toEqual(UNKNOWN);
    }
  });
});
