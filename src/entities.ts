import { Credential } from './auth/credential.entity.js';
import { Passkey } from './auth/passkeys/passkey.entity.js';
import { SpentChallenge } from './auth/passkeys/spent-challenge.entity.js';
import { RefreshToken } from './auth/refresh-token.entity.js';
import { RecoveryCode } from './auth/second-factor/recovery-code.entity.js';
import { SecondFactor } from './auth/second-factor/second-factor.entity.js';
import { Client } from './clients/client.entity.js';
import { ClientDetails } from './clients/client-details.entity.js';
import { ClientKey } from './clients/client-key.entity.js';
import { Consent } from './clients/consent.entity.js';
import { ConsentText } from './clients/consent-text.entity.js';
import { FileTransfer } from './dossier/file-transfer.entity.js';
import { Assignment } from './homework/assignments/assignment.entity.js';
import { AssignmentMessage } from './homework/assignments/assignment-message.entity.js';
import { AssignmentPause } from './homework/assignments/assignment-pause.entity.js';
import { CheckInCorrection } from './homework/check-ins/check-in-correction.entity.js';
import { CheckInRemark } from './homework/check-ins/check-in-remark.entity.js';
import { CheckIn } from './homework/check-ins/check-in.entity.js';
import { Exercise } from './homework/exercises/exercise.entity.js';
import { ExerciseVersion } from './homework/exercises/exercise-version.entity.js';
import { Log } from './homework/logs/log.entity.js';
import { LogCorrection } from './homework/logs/log-correction.entity.js';
import { LogDetails } from './homework/logs/log-details.entity.js';
import { LogRemark } from './homework/logs/log-remark.entity.js';
import { IntakeRequest } from './intake-requests/intake-request.entity.js';
import { ExerciseMedium } from './homework/media/exercise-medium.entity.js';
import { ExerciseSet } from './homework/sets/exercise-set.entity.js';
import { ExerciseSetItem } from './homework/sets/exercise-set-item.entity.js';
import { Article } from './knowledge/articles/article.entity.js';
import { ArticleVersion } from './knowledge/articles/article-version.entity.js';
import { ExerciseArticle } from './knowledge/readings/exercise-article.entity.js';
import { Reading } from './knowledge/readings/reading.entity.js';
import { Observation } from './observations/observation.entity.js';
import { ObservationDetails } from './observations/observation-details.entity.js';
import { Note } from './notes/note.entity.js';
import { NoteAddendum } from './notes/note-addendum.entity.js';
import { NoteBody } from './notes/note-body.entity.js';
import { NoteError } from './notes/note-error.entity.js';
import { NoteWithholding } from './notes/withholding/note-withholding.entity.js';
import { NoteShare } from './notes/note-share.entity.js';
import { NoteTemplate } from './notes/templates/note-template.entity.js';
import { ReminderDay } from './notifications/reminders/reminder-day.entity.js';
import { RetentionHold } from './retention/retention-hold.entity.js';
import { ReminderSettings } from './notifications/reminders/reminder-settings.entity.js';
import { Export } from './exports/export.entity.js';
import { ExportApproval } from './exports/export-approval.entity.js';
import { Import } from './imports/import.entity.js';
import { DataRequest } from './privacy/data-request.entity.js';
import { Practice } from './practices/practice.entity.js';
import { PracticeKey } from './practices/practice-key.entity.js';
import { PracticeWord } from './practices/practice-word.entity.js';
import { Session } from './sessions/session.entity.js';
import { SessionDetails } from './sessions/session-details.entity.js';
import { SessionReason } from './sessions/session-reason.entity.js';
import { AddressChange } from './users/address-change.entity.js';
import { Login } from './users/login.entity.js';
import { OneTimeToken } from './users/one-time-token.entity.js';
import { ScriptKey } from './users/script-key.entity.js';
import { User } from './users/user.entity.js';

/** Every entity, by name: nothing is found by where a file happens to lie. */
export const ENTITIES = [
  Practice,
  PracticeKey,
  PracticeWord,
  User,
  Login,
  AddressChange,
  OneTimeToken,
  Credential,
  RefreshToken,
  ScriptKey,
  SecondFactor,
  RecoveryCode,
  Passkey,
  SpentChallenge,
  Client,
  ClientDetails,
  ClientKey,
  Consent,
  ConsentText,
  Session,
  SessionDetails,
  SessionReason,
  Exercise,
  ExerciseVersion,
  ExerciseMedium,
  ExerciseSet,
  ExerciseSetItem,
  Assignment,
  AssignmentMessage,
  AssignmentPause,
  Log,
  LogDetails,
  LogRemark,
  LogCorrection,
  IntakeRequest,
  Article,
  ArticleVersion,
  ExerciseArticle,
  Reading,
  CheckIn,
  CheckInRemark,
  CheckInCorrection,
  FileTransfer,
  Observation,
  ObservationDetails,
  Note,
  NoteBody,
  NoteAddendum,
  NoteError,
  NoteWithholding,
  NoteShare,
  NoteTemplate,
  Export,
  ExportApproval,
  Import,
  DataRequest,
  ReminderSettings,
  ReminderDay,
  RetentionHold,
];
