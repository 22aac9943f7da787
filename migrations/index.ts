import { Foundation1767225600000 } from './1767225600000-foundation.js';
import { JobQueue1767225600001 } from './1767225600001-job-queue.js';
import { Clients1767225600002 } from './1767225600002-clients.js';
import { Sessions1767225600003 } from './1767225600003-sessions.js';
import { Notes1767225600004 } from './1767225600004-notes.js';
import { Homework1767225600005 } from './1767225600005-homework.js';
import { Exports1767225600006 } from './1767225600006-exports.js';
import { WholeFiles1767225600007 } from './1767225600007-whole-files.js';
import { SignIn1767225600008 } from './1767225600008-sign-in.js';
import { SecondFactors1767225600009 } from './1767225600009-second-factors.js';
import { Throttling1767225600010 } from './1767225600010-throttling.js';
import { AccountMails1767225600011 } from './1767225600011-account-mails.js';
import { SealedLogs1767225600012 } from './1767225600012-sealed-logs.js';
import { NotesInFull1767225600014 } from './1767225600014-notes-in-full.js';
import { OneProof1767225600015 } from './1767225600015-one-proof.js';
import { ConsentInFull1767225600016 } from './1767225600016-consent-in-full.js';
import { LongFiles1767225600017 } from './1767225600017-long-files.js';
import { LatestLog1767225600018 } from './1767225600018-latest-log.js';
import { KeyRotation1767225600019 } from './1767225600019-key-rotation.js';
import { ExerciseSets1767225600020 } from './1767225600020-exercise-sets.js';
import { CatalogueInFull1767225600021 } from './1767225600021-catalogue-in-full.js';
import { CheckIns1767225600022 } from './1767225600022-check-ins.js';
import { CheckInsAnswer1767225600023 } from './1767225600023-check-ins-answer.js';
import { Reminders1767225600024 } from './1767225600024-reminders.js';
import { Knowledge1767225600025 } from './1767225600025-knowledge.js';
import { ExportsInFull1767225600026 } from './1767225600026-exports-in-full.js';
import { DataRequests1767225600028 } from './1767225600028-data-requests.js';
import { Retention1767225600030 } from './1767225600030-retention.js';
import { AuditedSignIn1767225600032 } from './1767225600032-audited-sign-in.js';
import { ProofByKeys1767225600033 } from './1767225600033-proof-by-keys.js';
import { CheckInsLeave1767225600034 } from './1767225600034-check-ins-leave.js';
import { Imports1767225600035 } from './1767225600035-imports.js';
import { CheckInDays1767225600036 } from './1767225600036-check-in-days.js';
import { ExerciseMedia1767225600038 } from './1767225600038-exercise-media.js';
import { Erasure1767225600039 } from './1767225600039-erasure.js';
import { RequestedCopies1767225600040 } from './1767225600040-requested-copies.js';
import { PausesInThePicture1767225600041 } from './1767225600041-pauses-in-the-picture.js';
import { PassphrasesByCoaches1767225600042 } from './1767225600042-passphrases-by-coaches.js';
import { RepeatsByKey1767225600043 } from './1767225600043-repeats-by-key.js';
import { EnterAsOneCall1767225600044 } from './1767225600044-enter-as-one-call.js';

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
  SignIn1767225600008,
  SecondFactors1767225600009,
  Throttling1767225600010,
  AccountMails1767225600011,
  SealedLogs1767225600012,
  NotesInFull1767225600014,
  OneProof1767225600015,
  ConsentInFull1767225600016,
  LongFiles1767225600017,
  LatestLog1767225600018,
  KeyRotation1767225600019,
  ExerciseSets1767225600020,
  CatalogueInFull1767225600021,
  CheckIns1767225600022,
  CheckInsAnswer1767225600023,
  Reminders1767225600024,
  Knowledge1767225600025,
  ExportsInFull1767225600026,
  DataRequests1767225600028,
  Retention1767225600030,
  AuditedSignIn1767225600032,
  ProofByKeys1767225600033,
  CheckInsLeave1767225600034,
  Imports1767225600035,
  CheckInDays1767225600036,
  ExerciseMedia1767225600038,
  Erasure1767225600039,
  RequestedCopies1767225600040,
  PausesInThePicture1767225600041,
  PassphrasesByCoaches1767225600042,
  RepeatsByKey1767225600043,
  EnterAsOneCall1767225600044,
];
