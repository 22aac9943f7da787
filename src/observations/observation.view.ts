import type { ObservationView, OwnSession } from './observation.dto.js';
import type { Observed } from './observation-writer.js';
import type { OpenedOwnSession } from './own-sessions.service.js';

/** The whole observation, for the file's coach. */
export function observationView({ observation, details, texts }: Observed): ObservationView {
  const { sessionId, recoverySignals, transitionMoments, observedBy, updatedAt, version } = observation;
  return {
    sessionId,
    ...(texts.question && { question: texts.question }),
    tensionAreas: details.tensionAreas,
    breath: details.breath,
    ...(texts.thoughts && { thoughts: texts.thoughts }),
    conditions: {
      ...(details.safety !== null && { safety: details.safety }),
      ...(details.rest !== null && { rest: details.rest }),
      ...(details.presence !== null && { presence: details.presence }),
      ...(details.acceptance !== null && { acceptance: details.acceptance }),
      ...(details.naturalRhythm !== null && { naturalRhythm: details.naturalRhythm }),
    },
    ...(texts.letGo && { letGo: texts.letGo }),
    recoverySignals,
    ...tensionOf(observation),
    ...(texts.takeHome && { takeHome: texts.takeHome }),
    transitionMoments,
    observedBy,
    updatedAt: updatedAt.toISOString(),
    version,
  };
}

/** A session as its client sees it, with the client's part of what was observed. */
export function ownSessionView({ session, location, takeHome }: OpenedOwnSession): OwnSession {
  const { id, kind, status, mode, startsAt, endsAt, givenBy, coachName } = session;
  return {
    id,
    kind,
    status,
    mode,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    durationMinutes: (endsAt.getTime() - startsAt.getTime()) / 60_000,
    ...(location && { location }),
    coach: { id: givenBy, ...(coachName && { name: coachName }) },
    ...(session.observedVersion !== null && {
      observation: {
        ...tensionOf(session),
        recoverySignals: session.recoverySignals!,
        ...(takeHome && { takeHome }),
        transitionMoments: session.transitionMoments!,
      },
    }),
  };
}

/** 0 is a tension too. */
function tensionOf({
  tensionBefore,
  tensionAfter,
}: {
  tensionBefore: number | null;
  tensionAfter: number | null;
}): { tensionBefore?: number; tensionAfter?: number } {
  return {
    ...(tensionBefore !== null && { tensionBefore }),
    ...(tensionAfter !== null && { tensionAfter }),
  };
}
