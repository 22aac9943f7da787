import { Foundation1767225600000 } from './1767225600000-foundation.js';
import { JobQueue1767225600001 } from './1767225600001-job-queue.js';
import { Clients1767225600002 } from './1767225600002-clients.js';
import { Sessions1767225600003 } from './1767225600003-sessions.js';
import { Notes1767225600004 } from './1767225600004-notes.js';
import { Homework1767225600005 } from './1767225600005-homework.js';
import { Exports1767225600006 } from './1767225600006-exports.js';
import { WholeFiles1767225600007 } from './1767225600007-whole-files.js';
import { ConsentInFull1767225600016 } from './1767225600016-consent-in-full.js';

/** In the order they run; the order is the history. */
export const MIGRATIONS = [
  Foundation1767225600000,
  JobQueue1767225600001,
  Clients1767225600002,
  Sessions1767225600003,
  Notes1767225600004,
  Homework1767225600005,
  Exports1767225600006,
  WholeFiles1767225600007,
  ConsentInFull1767225600016,
];
