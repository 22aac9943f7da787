import type { Bilingual, Language } from '../../common/language.js';
import type { BatchedAnswer, LogView, WrittenLogView } from './log.dto.js';
import type { LogRecord } from './log.queries.js';
import type { Answered } from './own-log-batches.service.js';

/** For the client, and for the coach: the remark is there where the service found that it is shared. */
export function logView(log: LogRecord): LogView {
  const { minutes, tensionBefore, tensionAfter, recoverySignals, remark, sharing, loggedAt } = log;
  return {
    ...adminLogView(log),
    ...(minutes !== null && { minutes }),
    ...(tensionBefore !== null && { tensionBefore }),
    ...(tensionAfter !== null && { tensionAfter }),
    recoverySignals,
    ...(remark !== null && { remark }),
    sharing,
    loggedAt: loggedAt.toISOString(),
  };
}

/** For the client, with where to find help where there is reason to. */
export const ownLogView = (
  log: LogRecord,
  help: Bilingual | undefined,
  language: Language,
): WrittenLogView => ({
  ...logView(log),
  ...(help && { help: help[language] }),
});

/** For an admin: that something was logged, and nothing of how it was. */
export function adminLogView({
  id,
  assignmentId,
  doneOn,
  outcome,
  version,
}: LogRecord): Pick<LogView, 'id' | 'assignmentId' | 'doneOn' | 'outcome' | 'version'> {
  return { id, assignmentId, doneOn, outcome, version };
}

/** One of a batch, for the client who sent it. */
export function answerView(answer: Answered, language: Language, requestId: string): BatchedAnswer {
  if ('log' in answer) {
    return { status: answer.status, log: ownLogView(answer.log, answer.help, language) };
  }
  const { problem } = answer;
  return { status: problem.status, problem: problem.document(language, requestId) };
}
