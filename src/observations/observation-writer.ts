import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { Client } from '../clients/client.entity.js';
import { ClientKeys } from '../clients/client-keys.js';
import type { Person } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import type { Tx } from '../database/tx.js';
import type { Session } from '../sessions/session.entity.js';
import { hasSignedNote } from '../sessions/session.queries.js';
import type { WriteObservation } from './observation.dto.js';
import { Observation } from './observation.entity.js';
import { observationExists, observationLocked } from './observation.errors.js';
import { ObservationDetails } from './observation-details.entity.js';
import { openTexts, sealTexts, type ObservationTexts } from './observation-texts.js';

/** An observation whole, with its texts opened. */
export interface Observed {
  readonly observation: Observation;
  readonly details: ObservationDetails;
  readonly texts: ObservationTexts;
}

/**
 * Writes what a coach observed in a session. It takes consent, an open file, a session that takes place, and
 * no signature yet: what was signed about a session holds its observation as it was. The session is locked
 * by the caller (`SessionFiles.toChange`), so that two do not write at once.
 */
@Injectable()
export class ObservationWriter {
  constructor(
    private readonly keys: ClientKeys,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async find(tx: Tx, session: Session): Promise<Observed | undefined> {
    const observation = await tx.manager.findOneBy(Observation, keyOf(session));
    if (!observation) return undefined;
    const details = await tx.manager.findOneByOrFail(ObservationDetails, keyOf(session));
    const file = await this.keys.open(tx, session.clientId);
    return { observation, details, texts: openTexts(file, observation, details) };
  }

  /**
   * The first observation of a session.
   * @throws Problem 409 `observation-exists`, `observation-locked`, `consent-required`, `file-closed`, `wrong-state`
   */
  async write(
    tx: Tx,
    session: Session,
    client: Client,
    person: Person,
    input: WriteObservation,
  ): Promise<Observed> {
    await this.expectWritable(tx, session, client);
    if (await tx.manager.existsBy(Observation, keyOf(session))) throw observationExists();
    const written = await this.written(tx, session, person, input, 1);
    await tx.manager.insert(Observation, written.observation);
    await tx.manager.insert(ObservationDetails, written.details);
    this.audit.record(tx, { event: 'observation.written', ...about(session) });
    return written;
  }

  /**
   * Puts another observation in the place of the one that stands, whole.
   * @throws Problem 409 `observation-locked`, `consent-required`, `file-closed`, `wrong-state`
   */
  async replace(
    tx: Tx,
    session: Session,
    client: Client,
    person: Person,
    input: WriteObservation,
    stands: Observation,
  ): Promise<Observed> {
    await this.expectWritable(tx, session, client);
    const written = await this.written(tx, session, person, input, stands.version + 1);
    await tx.manager.update(Observation, keyOf(session), changesOf(written.observation));
    await tx.manager.update(ObservationDetails, keyOf(session), changesOf(written.details));
    this.audit.record(tx, { event: 'observation.changed', ...about(session) });
    return written;
  }

  private async expectWritable(tx: Tx, session: Session, client: Client): Promise<void> {
    client.expectWritable();
    session.expectToTakePlace();
    if (await hasSignedNote(tx, session)) throw observationLocked();
  }

  private async written(
    tx: Tx,
    session: Session,
    { userId }: Person,
    input: WriteObservation,
    version: number,
  ): Promise<Observed> {
    const { question, thoughts, letGo, takeHome } = input;
    const texts = { question, thoughts, letGo, takeHome };
    const sealed = sealTexts(await this.keys.open(tx, session.clientId), session.id, version, texts);
    const row = { ...keyOf(session), clientId: session.clientId, coachId: session.coachId, version };
    const observation = tx.manager.create(Observation, {
      ...row,
      tensionBefore: input.tensionBefore ?? null,
      tensionAfter: input.tensionAfter ?? null,
      recoverySignals: input.recoverySignals,
      takeHome: sealed.takeHome,
      transitionMoments: input.transitionMoments,
      observedBy: userId,
      updatedAt: this.clock.now(),
    });
    const { safety, rest, presence, acceptance, naturalRhythm } = input.conditions;
    const details = tx.manager.create(ObservationDetails, {
      ...row,
      ...sealed.details,
      tensionAreas: input.tensionAreas,
      breath: input.breath,
      safety: safety ?? null,
      rest: rest ?? null,
      presence: presence ?? null,
      acceptance: acceptance ?? null,
      naturalRhythm: naturalRhythm ?? null,
    });
    return { observation, details, texts };
  }
}

/** Whose row it is, is fixed for life: an update does not name those columns. */
function changesOf<Row extends Observation | ObservationDetails>(row: Row) {
  const { practiceId: _p, sessionId: _s, clientId: _c, coachId: _o, ...changes } = row;
  return changes;
}

const keyOf = ({ practiceId, id }: Session) => ({ practiceId, sessionId: id });
const about = ({ id, clientId }: Session) => ({ clientId, objectType: 'observation', objectId: id });
