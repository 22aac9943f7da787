export const API_DESCRIPTION = `
The backend of a coaching practice: a coach logs Energizing sessions, a client sees and logs the exercises that
were assigned, an admin exports records.

- Errors are problem documents (RFC 9457), in Dutch or English after \`Accept-Language\`.
- Lists answer \`{ items, next }\`; send \`next\` back as \`?cursor=\` for the page that follows.
- Single resources carry an \`ETag\`; send it back as \`If-Match\` and nobody's change is overwritten.
- Any \`POST\` of a signed-in person may carry an \`Idempotency-Key\`; sent twice, it is done once.
- Where an operation says \`x-step-up\`, who calls has proved who they are within the last ten minutes: at the sign-in, or by
  \`POST /v1/auth/step-up\`. Else the answer is a 401 of the type \`step-up-required\`.
- \`RateLimit\` tells what is left; who asks or tries too often is told how long to wait (429, \`Retry-After\`).
  \`x-throttled\` at an operation names the attempts that are counted there.
- A web client sends \`X-Web-Client: 1\` at sign-in: the tokens come in cookies that no script reads.
- \`x-roles\` at an operation says whom it is for. What is not yours is not found.
`.trim();

/** The rooms of the API, by whom they serve. */
export const TAGS: Readonly<Record<string, string>> = {
  'Sign in': 'Invitations, logins and their tokens.',
  Me: 'Who I am here, and where I am signed in.',
  Clients: 'The files of the people who are coached.',
  Consent: 'Explicit consent, without which nothing about health is stored.',
  Sessions: 'Energizing sessions, planned and given.',
  Observations: 'What the coach observed in a session.',
  Notes: 'Texts about a session or a client: private to the coach, or shared.',
  Exercises: "The practice's catalogue.",
  Assignments: 'Exercises given to a client as homework.',
  Progress: 'How it goes with a client, beside where they came from.',
  Homework: "The client's day, without pressure.",
  Knowledge: 'Articles with questions and answers, for the website and for clients.',
  Website: 'What anybody may read and send, without signing in.',
  'Intake requests': 'What came in by the form on the website.',
  Reminders: 'Being left in peace, without signing in.',
  Users: 'The people who sign in to the practice.',
  Practice: 'The practice and its settings.',
  'Data requests': 'What clients ask under the AVG, by when it is due.',
  Exports: 'Copies of records, with a purpose.',
  Audit: 'Who did what to whose file.',
  Vocabularies: 'The codes that observations and homework are written in.',
  Health: 'Whether the server runs and can serve.',
};
