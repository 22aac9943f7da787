/** What one request may ask of Postgres. */
export interface Budget {
  /** Statements, without those that begin and end a transaction. */
  readonly queries: number;
  /** How often it waits for an answer; what is asked together is one trip. */
  readonly trips: number;
}

/** The read, what its answer leads to at most, and its witness; the proof of who reads travels along. */
const READ: Budget = { queries: 3, trips: 3 };

/** The proof, the row and its file under their locks, the change, how it stands now; the audit row travels with the commit. */
const WRITE: Budget = { queries: 8, trips: 8 };

const of = (queries: number, trips = queries): Budget => ({ queries, trips });

/** Waits of throttling on both sides, the person, the login or what else is made, and what is told of it. */
const SIGN_IN = of(16);
/** The kinds of rows that a text stands in, and its key once they are there. */
const TEXTS = of(5);
/** What a signature holds on to is read under locks, one after the other. */
const SIGNED = of(12);

/** Who steps finds it; the task steps, with the day, the key and a mail; and who stepped is told how it stands. */
const OF_A_REQUEST = of(11);

/** What is worth more, and why. */
export const EXCEPTIONS: Readonly<Record<string, Budget>> = {
  'POST /v1/auth/login': SIGN_IN,
  'POST /v1/auth/refresh': SIGN_IN,
  'POST /v1/auth/passkey': SIGN_IN,
  'PUT /v1/auth/invitations/:code': SIGN_IN,
  'PUT /v1/auth/password-resets/:code': SIGN_IN,
  'PUT /v1/auth/mail-sign-ins/:code': SIGN_IN,
  'PUT /v1/auth/address-changes/:code': SIGN_IN,
  'DELETE /v1/auth/address-changes/:code': SIGN_IN,
  'POST /v1/me/address-changes': SIGN_IN,
  'PUT /v1/me/password': SIGN_IN,
  'POST /v1/me/second-factor/confirmation': SIGN_IN,
  'POST /v1/me/second-factor/recovery-codes': SIGN_IN,
  'DELETE /v1/me/second-factor': of(17),
  // The lock, whether it is the first factor, and ten recovery codes if so.
  'POST /v1/me/passkeys': of(12),
  // Whether there is one, whether there must be, and how many codes and passkeys are left.
  'GET /v1/me/second-factor': of(4),

  // Two transactions: what is looked up first, and then what it led to.
  'GET /v1/clients/:id/consents': of(3),
  'GET /v1/exports/:id/file': of(3),
  // Who asks sees the row, and the task that holds its words opens them.
  'GET /v1/data-requests/:id': of(3),
  'GET /v1/data-requests/:id/file': of(4),
  'GET /v1/clients/:id/copy-passphrase': of(4),
  'GET /v1/me/data-requests/:id/file': of(4),
  'GET /v1/clients/:id': TEXTS,
  'GET /v1/me/consents': TEXTS,
  'GET /v1/me/assignments/:id/logs': TEXTS,
  'GET /v1/sessions/:id/observation': TEXTS,
  'GET /v1/notes/:id/versions': TEXTS,
  'GET /v1/notes/:id/withholding': TEXTS,
  // A batch of notes, what was added to them, and the keys of their files.
  'GET /v1/notes': TEXTS,
  'GET /v1/clients/:id/notes/starting-point': of(6, 5),
  'GET /v1/sessions/:id/notes/starting-point': of(6, 5),
  // The figures, and the practice's words for them.
  'GET /v1/clients/:id/progress.svg': of(4, 2),
  'GET /v1/me/progress.svg': of(4, 2),
  // It marks as read what it shows, and so is a change.
  'GET /v1/me/notes': of(3),
  // Which they are, and then what they are with who approves.
  'GET /v1/exports': of(4, 3),
  // The answer of one coach, how many are left to answer, the job, and how it stands now.
  'POST /v1/exports/:id/approval': of(10, 9),
  // The export, its practice, and who asked.
  'GET /v1/exports/:id/manifest': of(4, 3),
  // Who asked and why is kept before the first row leaves, and how it ended after the last.
  'GET /v1/exports/stream/:records.csv': of(9, 12),

  // The log's touches, counted and told, and its seals, batch by batch.
  'GET /v1/practice/leak-report': of(6, 4),
  // What waits at the door, the practice, its files, what holds some of them, and the key that opens each reason.
  'GET /v1/retention': of(7, 4),

  'POST /v1/me/consents': of(10),
  'PUT /v1/me/assignments/:id/logs/:logId': of(9, 3),
  // As many for a hundred as for one; each correction among them keeps what stood.
  'POST /v1/me/logs/batch': of(11, 5),
  // The file, its key, what stood, what was shared, the day, the practice and its words; then the two rows of it.
  'PUT /v1/me/check-ins/:id': of(10, 4),
  'POST /v1/clients/:id/assignments': of(10),
  // As many for ten as for one: the file twice, the set, what is published, the practice, and the words with their key.
  'POST /v1/clients/:id/set-assignments': of(13),
  'PUT /v1/sessions/:id/observation': of(10),
  'POST /v1/sessions/:id/reinstatement': of(11),
  'POST /v1/notes/:id/signature': SIGNED,
  'POST /v1/notes/:id/addenda': SIGNED,
  'POST /v1/notes/:id/error': SIGNED,
  // The request, a file with its key, its consent and its question, at once.
  'POST /v1/intake-requests/:id/acceptance': of(18),
  // A session with its observation, its note and its homework, at once.
  'POST /v1/sessions/:id/completion': of(21),
  // The file, the day, the key where there are words, the request and what is mailed of it; then how it stands.
  'POST /v1/me/data-requests': of(10),
  'POST /v1/me/data-requests/:id/cancellation': OF_A_REQUEST,
  'POST /v1/data-requests/:id/confirmation': OF_A_REQUEST,
  'POST /v1/data-requests/:id/approval': OF_A_REQUEST,
  'POST /v1/data-requests/:id/refusal': OF_A_REQUEST,
  'POST /v1/data-requests/:id/extension': OF_A_REQUEST,
  'POST /v1/data-requests/:id/completion': OF_A_REQUEST,
  'POST /v1/data-requests/:id/cancellation': OF_A_REQUEST,
  // All of a file.
  'POST /v1/clients/:id/closure': of(11),
  'PUT /v1/clients/:id/coach': of(46, 20),
};

export const budgetOf = (route: string): Budget =>
  EXCEPTIONS[route] ?? (route.startsWith('GET ') ? READ : WRITE);
