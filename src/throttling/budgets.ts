/** What somebody may try before they have to wait, and how long that gets. */
export interface Allowance {
  /** Attempts without any wait. */
  readonly free: number;
  /** The first wait; each further attempt doubles it. */
  readonly firstWaitSeconds: number;
  readonly longestWaitSeconds: number;
  /** After so long without an attempt all is forgotten. */
  readonly memorySeconds: number;
}

/** One kind of attempt, counted in three ways; each must have room. */
export interface Budget {
  /** Only what fails is kept in mind, or every request, such as one that sends a mail. */
  readonly counts: 'failures' | 'requests';
  /** From one address (one /64 of IPv6), on whatever account: a household or an office shares it. */
  readonly address: Allowance;
  /** From one address on one account: somebody who guesses, or has forgotten. */
  readonly pair: Allowance;
  /**
   * On one account from everywhere: many who guess together. It is passed from where the account was opened before, so
   * that no stranger keeps the owner out.
   */
  readonly account: Allowance;
}

const MINUTE = 60;
const HOUR = 3600;

const allow = (free: number, first: number, longest: number, memory: number): Allowance => ({
  free,
  firstWaitSeconds: first,
  longestWaitSeconds: longest,
  memorySeconds: memory,
});

/** Every kind of attempt that is throttled. */
export const BUDGETS = {
  sign_in: {
    counts: 'failures',
    address: allow(30, 1, 5 * MINUTE, 15 * MINUTE),
    pair: allow(5, 2, 15 * MINUTE, 30 * MINUTE),
    account: allow(50, 1, MINUTE, HOUR),
  },
  refresh: {
    counts: 'failures',
    address: allow(60, 1, 5 * MINUTE, 15 * MINUTE),
    pair: allow(10, 1, 5 * MINUTE, 15 * MINUTE),
    account: allow(50, 1, MINUTE, HOUR),
  },
  invitation: {
    counts: 'failures',
    address: allow(30, 1, 5 * MINUTE, 15 * MINUTE),
    pair: allow(10, 1, 5 * MINUTE, 15 * MINUTE),
    account: allow(50, 1, MINUTE, HOUR),
  },
  /** A code of a second factor, of recovery, or out of a mail: short, so the account as a whole has little room. */
  code: {
    counts: 'failures',
    address: allow(30, 1, 5 * MINUTE, 15 * MINUTE),
    pair: allow(5, 2, 15 * MINUTE, 24 * HOUR),
    account: allow(10, 2, 15 * MINUTE, 24 * HOUR),
  },
  /** The password or code of somebody who is signed in already. */
  step_up: {
    counts: 'failures',
    address: allow(30, 1, 5 * MINUTE, 15 * MINUTE),
    pair: allow(5, 2, 15 * MINUTE, 30 * MINUTE),
    account: allow(10, 2, 15 * MINUTE, 24 * HOUR),
  },
  /** Whatever sends a mail to an address that somebody typed: a reset, a link to sign in with. */
  mail: {
    counts: 'requests',
    address: allow(20, 10, 15 * MINUTE, HOUR),
    pair: allow(3, 30, 15 * MINUTE, HOUR),
    account: allow(10, 10, 15 * MINUTE, HOUR),
  },
  /** A key of a script that opens nothing. One that does is never counted, whoever tries beside it. */
  key: {
    counts: 'failures',
    address: allow(30, 1, 5 * MINUTE, 15 * MINUTE),
    pair: allow(30, 1, 5 * MINUTE, 15 * MINUTE),
    account: allow(50, 1, MINUTE, HOUR),
  },
  /** An invitation that is mailed again: whoever is signed in may, and no mailbox is to be filled with them. */
  invite: {
    counts: 'requests',
    address: allow(500, 1, MINUTE, HOUR),
    pair: allow(5, 30, 15 * MINUTE, HOUR),
    account: allow(10, 30, 15 * MINUTE, HOUR),
  },
  /** A form on a public page that reaches the practice: the account is the practice, so that no crowd floods it. */
  intake: {
    counts: 'requests',
    address: allow(5, 30, 15 * MINUTE, HOUR),
    pair: allow(5, 30, 15 * MINUTE, HOUR),
    account: allow(60, 5, MINUTE, HOUR),
  },
} as const satisfies Readonly<Record<string, Budget>>;

export type BudgetName = keyof typeof BUDGETS;
