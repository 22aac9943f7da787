import 'reflect-metadata';
import fc from 'fast-check';
import type { Problem } from './problem.js';
import { Day, EmailAddress, Id, Instant, Line, Phone, Text, TimeZone } from './fields.js';
import { NewPassword } from './password-fields.js';
import { validation } from './http/validation.js';

class Everything {
  @Line(10)
  line: string;

  @Text(10)
  text: string;

  @Id()
  id: string;

  @Day()
  day: string;

  @Instant()
  instant: string;

  @EmailAddress()
  email: string;

  @Phone()
  phone: string;

  @TimeZone()
  timeZone: string;

  @NewPassword()
  password: string;
}

const right = {
  line: 'Sanne',
  text: 'Een regel',
  id: '0196f3a0-1111-7222-8333-444455556666',
  day: '2026-03-02',
  instant: '2026-03-02T09:30:00Z',
  email: 'sanne@bakker.example',
  phone: '+31612345678',
  timeZone: 'Europe/Amsterdam',
  password: 'een lange wachtzin',
};

const pipe = validation();
const parse = (more: object): Promise<Everything> =>
  pipe.transform({ ...right, ...more }, { type: 'body', metatype: Everything }) as Promise<Everything>;

/** The fields that are refused. */
async function refused(more: object): Promise<string[]> {
  try {
    await parse(more);
    return [];
  } catch (error) {
    return (error as Problem).options.errors!.map((one) => ('pointer' in one ? one.pointer : ''));
  }
}

describe('a field', () => {
  it('is right when all is right', async () => {
    expect(await refused({})).toEqual([]);
  });

  it.each([
    ['line', 'twee\nregels'],
    ['line', 'twee\u2028regels'],
    ['line', 'bel\u0007'],
    ['line', '   '],
    ['line', '\u00a0\u3000'],
    ['line', 'elf letters'],
    ['line', 'half \ud83c'],
    ['line', '\udf3f om'],
    ['text', ''],
    ['text', 'nul \0'],
    ['text', 'half \ud83c'],
    ['id', '0196f3a0-1111-7222-8333-44445555666'],
    ['id', `{${right.id}}`],
    ['day', '2026-02-29'],
    ['day', '2026-2-3'],
    ['day', '2026-03-02T00:00'],
    ['day', '1899-12-31'],
    ['day', '2200-01-01'],
    ['day', '20260302'],
    ['day', 20260302],
    ['instant', '2026-03-02T09:30:00'],
    ['instant', '2026-03-02'],
    ['instant', '2026-03-02T09:30Z'],
    ['instant', '2026-03-02T24:00:00Z'],
    ['instant', '2026-03-02T09:30:60Z'],
    ['instant', '2026-02-30T09:30:00Z'],
    ['instant', '2026-03-02T09:30:00+25:00'],
    ['instant', '2026-03-02T09:30:00+01'],
    ['instant', '2026-03-02T09:30:00Z[Europe/Amsterdam]'],
    ['instant', '2026-03-02T09:30:00.0000000001Z'],
    ['instant', 1_772_443_800_000],
    ['email', 'sanne'],
    ['email', 'sanne@localhost'],
    ['email', 'Sanne <sanne@bakker.example>'],
    ['email', '"sanne b"@bakker.example'],
    ['email', '"a\r\nBcc: x"@bakker.example'],
    ['email', 'sanné@bakker.example'],
    ['email', 'sanne@bäkker.example'],
    ['email', `${'a'.repeat(65)}@bakker.example`],
    ['email', `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(62)}.example`],
    ['email', 'sanne@bakker.example\0'],
    ['phone', '0612345678'],
    ['phone', '+31 6 12345678'],
    ['phone', '+3161234567890123456'],
    ['phone', '+٣١٦١٢٣٤٥٦٧٨'],
    ['phone', '+31612345678;ext=1'],
    ['phone', '+'],
    ['timeZone', 'Amsterdam'],
    ['timeZone', '+01:00'],
    ['timeZone', 'Europe/../Amsterdam'],
    ['password', 'a'.repeat(14)],
    ['password', `nul in de zin \0\0\0`],
    ['password', 123456789012345],
  ])('%s is not %p', async (field, value) => {
    expect(await refused({ [field]: value })).toEqual([`/${field}`]);
  });

  it.each([
    ['line', '  Sanne  ', 'Sanne'],
    ['line', '👩‍🌾', '👩‍🌾'],
    ['text', ' regel\n\t2 ', ' regel\n\t2 '],
    ['id', right.id.toUpperCase(), right.id],
    ['day', '2024-02-29', '2024-02-29'],
    ['instant', '2026-03-02T10:30:00.123+01:00', '2026-03-02T10:30:00.123+01:00'],
    ['email', ' Sanne@Bakker.EXAMPLE ', 'sanne@bakker.example'],
    ['email', "o'hara+werk@bakker.example", "o'hara+werk@bakker.example"],
    ['timeZone', 'America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['password', 'é'.normalize('NFD').repeat(15), 'é'.repeat(15)],
  ])('%s may be %p', async (field, value, read) => {
    expect(await parse({ [field]: value })).toMatchObject({ [field]: read });
  });

  it('of text is never anything but text', async () => {
    for (const value of [null, 1, true, {}, [], ['Sanne'], [['Sanne']], { toString: 'Sanne' }]) {
      const fields = Object.fromEntries(Object.keys(right).map((field) => [field, value]));
      expect((await refused(fields)).sort()).toEqual(
        Object.keys(right)
          .map((field) => `/${field}`)
          .sort(),
      );
    }
  });

  it('takes whatever comes without breaking, and what it takes can be stored and comes back the same', async () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
      fc.anything(),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(right)), anything, async (field, value) => {
        const fields = await refused({ [field]: value });
        expect([[], [`/${field}`]]).toContainEqual(fields);
        if (fields.length > 0) return;
        const taken = (await parse({ [field]: value }))[field as keyof Everything];
        expect(taken).not.toContain('\0');
        expect(Buffer.from(taken).toString()).toBe(taken);
      }),
      { numRuns: 1_000 },
    );
  });

  it('of time is read the same by everybody who reads it', async () => {
    const instants = fc.date({
      min: new Date('1900-01-01'),
      max: new Date('2199-12-31'),
      noInvalidDate: true,
    });
    await fc.assert(
      fc.asyncProperty(instants, async (instant) => {
        const { instant: taken } = await parse({ instant: instant.toISOString() });
        expect(new Date(taken)).toEqual(instant);
      }),
    );
  });
});
