import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { ClientFiles, visibleFiles } from '../clients/client-files.js';
import type { Person } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { addDays, startOfDay } from '../common/day.js';
import { newId } from '../common/id.js';
import { jsonPageOf, type JsonText } from '../common/json-text.js';
import { given } from '../common/patch.js';
import { notFound } from '../common/problems.js';
import { expectVersion } from '../common/version.js';
import { saveAsNewVersion } from '../database/new-version.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { whenViolated } from '../database/violation.js';
import { PracticesService } from '../practices/practices.service.js';
import type {
  ChangeSession,
  EndSession,
  PlanSession,
  ReinstateSession,
  SessionPage,
  SessionQuery,
  SessionView,
} from './session.dto.js';
import { Session } from './session.entity.js';
import { clientOccupied, coachOccupied, noteSigned, sessionHasRecords } from './session.errors.js';
import { awaitTurn, hasSignedNote, sessionRow, sessionsPage } from './session.queries.js';
import { SessionFiles } from './session-files.js';
import { placeIn, placeOf } from './session-place.js';
import { SessionDetails } from './session-details.entity.js';
import { SessionTexts } from './session-texts.js';
import { plannedView } from './session.view.js';

const OCCUPIED = { sessions_coach_free: coachOccupied, sessions_client_free: clientOccupied };
const IN_USE = {
  observations_session_fkey: sessionHasRecords,
  notes_session_fkey: sessionHasRecords,
  assignments_session_fkey: sessionHasRecords,
};

/** Energizing sessions: planned, moved, and ended one way or another. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly practices: PracticesService,
    private readonly clients: ClientFiles,
    private readonly files: SessionFiles,
    private readonly texts: SessionTexts,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async list(person: Person, query: SessionQuery): Promise<JsonText<SessionPage>> {
    const { clientId, status, limit, cursor } = query;
    const isUnsigned = query.unsigned !== undefined;
    const after = cursor ? placeIn(cursor) : undefined;
    const rows = await this.tenant.read(person, async (tx) => {
      const period = await this.period(tx, query);
      const filter = { clientId, status, isUnsigned, ...period, after, limit: limit + 1 };
      return sessionsPage(tx, visibleFiles(person), person.userId, filter);
    });
    const sessions = rows.map((row) => this.texts.summaryOf(person.practiceId, row));
    const rowCount = Math.min(rows.length, limit);
    const clientIds = clientId ? undefined : rows.slice(0, limit).map((row) => row.clientId);
    await this.audit.witness(person, { event: 'sessions.listed', clientId, clientIds, rowCount });
    return jsonPageOf(sessions, limit, ({ startsAt, id }) => placeOf({ startsAt: new Date(startsAt), id }));
  }

  async read(person: Person, id: string): Promise<SessionView> {
    const session = await this.tenant.read(person, (tx) => this.find(tx, person, id));
    await this.audit.witness(person, { event: 'session.read', ...about(session) });
    return session;
  }

  /** Plans a session; also one that took place already, to be completed afterwards. */
  plan(person: Person, input: PlanSession): Promise<SessionView> {
    return this.tenant.once(
      person,
      async (tx) => {
        const client = await this.clients.ofCoach(tx, person, input.clientId, 'for update');
        client.expectOpen();
        const session = this.planned(tx, person, input);
        const { location } = input;
        const details = location && (await this.texts.sealLocation(tx, session, location));
        // Sent together with the commit: nothing that follows waits for their answers.
        tx.finally(() => awaitTurn(tx, session.givenBy));
        tx.finally(() => tx.manager.insert(Session, session).catch(whenViolated(OCCUPIED)));
        if (details) tx.finally(() => tx.manager.insert(SessionDetails, details));
        this.audit.record(tx, { event: 'session.planned', ...about(session) });
        return plannedView(session, location);
      },
      (tx, id) => this.find(tx, person, id),
    );
  }

  change(person: Person, id: string, input: ChangeSession, version?: number): Promise<SessionView> {
    return this.tenant.change(person, async (tx) => {
      const { session } = await this.files.toChange(tx, person, id);
      expectVersion(session, version);
      const { kind, mode, priceCents, vatPercent, location } = input;
      await this.retime(tx, session, input);
      if (mode !== undefined && mode !== session.mode) session.changeMode(mode);
      Object.assign(session, given({ kind, priceCents, vatPercent }));
      if (location !== undefined) await this.texts.writeLocation(tx, session, location);
      await saveAsNewVersion(tx, session).catch(whenViolated(OCCUPIED));
      this.audit.record(tx, { event: 'session.changed', ...about(session) });
      return this.find(tx, person, session.id);
    });
  }

  /** Takes back a plan; what has taken place, or did not, is kept. */
  delete(person: Person, id: string, version?: number): Promise<void> {
    return this.tenant.change(person, async (tx) => {
      const { session } = await this.files.toChange(tx, person, id);
      expectVersion(session, version);
      session.expectPlanned();
      await tx.manager.delete(Session, { practiceId: session.practiceId, id }).catch(whenViolated(IN_USE));
      this.audit.record(tx, { event: 'session.deleted', ...about(session) });
    });
  }

  cancel(person: Person, id: string, { reason }: EndSession): Promise<SessionView> {
    return this.move(person, id, async (tx, session) => {
      session.cancel();
      if (reason) await this.texts.addReason(tx, session, 'cancellation', reason, person);
      return 'session.cancelled';
    });
  }

  /** Records that the client did not come. */
  miss(person: Person, id: string, { reason }: EndSession): Promise<SessionView> {
    return this.move(person, id, async (tx, session) => {
      session.missed(this.clock.now());
      if (reason) await this.texts.addReason(tx, session, 'no_show', reason, person);
      return 'session.missed';
    });
  }

  /** Takes back an end that was a mistake; not once a note of the session is signed. */
  reinstate(person: Person, id: string, { reason }: ReinstateSession): Promise<SessionView> {
    return this.move(person, id, async (tx, session) => {
      session.reinstate();
      if (await hasSignedNote(tx, session)) throw noteSigned();
      await awaitTurn(tx, session.givenBy);
      await this.texts.addReason(tx, session, 'reinstatement', reason, person);
      return 'session.reinstated';
    });
  }

  /** One session as this person may know it. @throws Problem 404 */
  async find(tx: Tx, person: Person, id: string): Promise<SessionView> {
    const row = await sessionRow(tx, visibleFiles(person), person.userId, id);
    if (!row) throw notFound();
    return this.texts.viewOf(tx.practiceId, row);
  }

  /** @param change moves the session to another state, and says what event that is */
  private move(
    person: Person,
    id: string,
    change: (tx: Tx, session: Session) => Promise<string>,
  ): Promise<SessionView> {
    return this.tenant.once(
      person,
      async (tx) => {
        const { session } = await this.files.toChange(tx, person, id);
        const event = await change(tx, session);
        await tx.manager.save(session).catch(whenViolated(OCCUPIED));
        this.audit.record(tx, { event, ...about(session) });
        return this.find(tx, person, session.id);
      },
      (tx) => this.find(tx, person, id),
    );
  }

  private planned(tx: Tx, { userId }: Person, input: PlanSession): Session {
    const now = this.clock.now();
    const session = tx.manager.create(Session, {
      practiceId: tx.practiceId,
      id: newId(now),
      clientId: input.clientId,
      coachId: userId,
      givenBy: userId,
      kind: input.kind,
      status: 'planned',
      mode: input.mode,
      priceCents: input.priceCents ?? null,
      vatPercent: input.vatPercent ?? null,
      createdAt: now,
    });
    session.time(new Date(input.startsAt), input.durationMinutes);
    return session;
  }

  /** Moves the session where the input says another time than it has. */
  private async retime(tx: Tx, session: Session, input: ChangeSession): Promise<void> {
    const startsAt = input.startsAt === undefined ? session.startsAt : new Date(input.startsAt);
    const { durationMinutes = session.durationMinutes } = input;
    if (+startsAt === +session.startsAt && durationMinutes === session.durationMinutes) return;
    session.retime(startsAt, durationMinutes);
    if (await hasSignedNote(tx, session)) throw noteSigned();
    await awaitTurn(tx, session.givenBy);
  }

  /** The days of the query begin and end where the practice is. */
  private async period(tx: Tx, { from, to }: SessionQuery): Promise<{ from?: Date; until?: Date }> {
    if (!from && !to) return {};
    const { timeZone } = await this.practices.own(tx);
    return {
      ...(from && { from: startOfDay(from, timeZone) }),
      ...(to && { until: startOfDay(addDays(to, 1), timeZone) }),
    };
  }
}

const about = ({ id, clientId }: { readonly id: string; readonly clientId: string }) => ({
  clientId,
  objectType: 'session',
  objectId: id,
});
