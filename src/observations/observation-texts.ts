import type { FileCipher } from '../common/cipher/file-cipher.js';
import type { WriteObservation } from './observation.dto.js';
import type { Observation } from './observation.entity.js';
import type { ObservationDetails } from './observation-details.entity.js';

/** What is written in an observation in words. */
export type ObservationTexts = Pick<WriteObservation, 'question' | 'thoughts' | 'letGo' | 'takeHome'>;

/** Seals the texts for the version of the observation that they are written in. */
export function sealTexts(file: FileCipher, sessionId: string, version: number, texts: ObservationTexts) {
  const seal = (column: string, text?: string) =>
    file.sealOptional({ column, row: sessionId, version }, text);
  return {
    takeHome: seal(TAKE_HOME, texts.takeHome),
    details: {
      question: seal(QUESTION, texts.question),
      thoughts: seal(THOUGHTS, texts.thoughts),
      letGo: seal(LET_GO, texts.letGo),
    },
  };
}

export function openTexts(
  file: FileCipher,
  observation: Observation,
  { sessionId: row, version, question, thoughts, letGo }: ObservationDetails,
): ObservationTexts {
  return {
    question: file.openOptional({ column: QUESTION, row, version }, question),
    thoughts: file.openOptional({ column: THOUGHTS, row, version }, thoughts),
    letGo: file.openOptional({ column: LET_GO, row, version }, letGo),
    takeHome: openTakeHome(file, observation),
  };
}

/** Opens the one text that the client reads too. */
export function openTakeHome(
  file: FileCipher,
  { sessionId: row, version, takeHome }: Pick<Observation, 'sessionId' | 'version' | 'takeHome'>,
): string | undefined {
  return file.openOptional({ column: TAKE_HOME, row, version }, takeHome);
}

const TAKE_HOME = 'observations.take_home';
const QUESTION = 'observation_details.question';
const THOUGHTS = 'observation_details.thoughts';
const LET_GO = 'observation_details.let_go';
