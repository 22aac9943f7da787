import type { Schema } from './open-api.js';

const line = (maxLength: number): Schema => ({ type: 'string', maxLength });

/** RFC 9457, as this API fills it in. */
export function problemSchemas(): Record<string, Schema> {
  return {
    Problem: {
      type: 'object',
      description: 'A refusal that a person can understand and act on (RFC 9457).',
      required: ['type', 'title', 'status', 'instance'],
      properties: {
        type: { ...line(120), format: 'uri', description: 'The kind of problem; stable.' },
        title: { ...line(200), description: 'What is wrong, in the language asked for.' },
        status: { type: 'integer', format: 'int32', minimum: 400, maximum: 599 },
        detail: { ...line(1000), description: 'What to do about it.' },
        instance: { ...line(60), format: 'uri', description: 'This occurrence; name it when you report it.' },
        errors: {
          type: 'array',
          maxItems: 200,
          items: { $ref: '#/components/schemas/InputError' },
        },
      },
      additionalProperties: true,
    },
    InputError: {
      type: 'object',
      description: 'One thing that is wrong with the input.',
      required: ['detail'],
      properties: {
        pointer: { ...line(300), description: 'Where in the body (JSON pointer, RFC 6901).' },
        parameter: { ...line(100), description: 'Which parameter or header.' },
        detail: line(500),
      },
    },
  };
}
