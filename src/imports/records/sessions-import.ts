import { Injectable } from '@nestjs/common';
import { newId } from '../../common/id.js';
import type { Tx } from '../../database/tx.js';
import { Observation } from '../../observations/observation.entity.js';
import { ObservationDetails } from '../../observations/observation-details.entity.js';
import { sealTexts } from '../../observations/observation-texts.js';
import { Session, type SessionStatus } from '../../sessions/session.entity.js';
import { SessionDetails } from '../../sessions/session-details.entity.js';
import { locationOf } from '../../sessions/session-texts.js';
import { insertAll } from '../insert-all.js';
import type { Findings } from '../import-problems.js';
import { type ClientOnFile, type SessionOnFile, sessionsHere } from '../on-file.queries.js';
import { type RawFile, readRows } from '../reading/rows.js';
import { SESSION_FIELDS, type SessionRow } from './columns.js';
import { FileCiphers } from './file-ciphers.js';
import { ClientsOnFile, Coaches, given } from './people.js';
import type { BroughtBy, Held, RecordImport } from './record-import.js';

/** A row that can be brought in, with what it rests on here. */
interface NewSession {
  readonly said: SessionRow;
  readonly id: string;
  readonly client: ClientOnFile;
  readonly givenBy: string;
  readonly status: SessionStatus;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

const MINUTE_MS = 60_000;
const YEAR_MS = 365.25 * 86_400_000;
const SENSITIVE = ['tensionBefore', 'tensionAfter', 'question', 'thoughts', 'letGo', 'takeHome'] as const;

/** Sessions that were given or are planned, and where the client consented what was observed in them. */
@Injectable()
export class SessionsImport implements RecordImport<NewSession> {
  constructor(private readonly ciphers: FileCiphers) {}

  async check(tx: Tx, file: RawFile, held: Held, findings: Findings): Promise<NewSession[]> {
    const rows = readRows(file, SESSION_FIELDS, held.timeZone, findings);
    const [coaches, clients] = await Promise.all([
      Coaches.here(tx, held.coaches),
      ClientsOnFile.of(tx, rows),
    ]);
    const read = rows.flatMap((said) => this.held(said, clients, coaches, held, findings) ?? []);
    const onFile = await sessionsHere(tx, {
      ids: read.map(({ id }) => id),
      clientIds: given(read.map(({ client }) => client.id)),
      coachIds: given(read.map(({ givenBy }) => givenBy)),
    });
    const fresh = this.unknown(read, onFile, findings);
    findOverlaps(fresh, onFile, findings);
    return fresh.filter(({ said }) => findings.isRight(said.row));
  }

  async write(tx: Tx, rows: readonly NewSession[], { now }: BroughtBy): Promise<string[]> {
    const { practiceId } = tx;
    const clientIds = given(rows.map(({ client }) => client.id));
    const files = await this.ciphers.of(tx, clientIds);
    const ofFile = ({ client }: NewSession) => ({ practiceId, clientId: client.id, coachId: client.coachId });
    await insertAll(
      tx,
      Session,
      rows.map((row) => ({
        ...ofFile(row),
        id: row.id,
        givenBy: row.givenBy,
        kind: row.said.kind ?? 'energizing',
        status: row.status,
        mode: row.said.mode ?? 'in_person',
        startsAt: row.startsAt,
        endsAt: row.endsAt,
        occupiedFrom: row.startsAt,
        occupiedUntil: row.endsAt,
        priceCents: row.said.priceCents ?? row.said.price ?? null,
        vatPercent: row.said.vatPercent ?? null,
        createdAt: now,
        version: 1,
      })),
    );
    await insertAll(
      tx,
      SessionDetails,
      rows
        .filter(({ said }) => said.location !== undefined)
        .map((row) => ({
          ...ofFile(row),
          sessionId: row.id,
          location: files.get(row.client.id)!.seal(locationOf(row.id, 1), row.said.location!),
          version: 1,
        })),
    );
    const observed = rows
      .filter(({ said }) => SENSITIVE.some((column) => said[column] !== undefined))
      .map((row) => ({ row, sealed: sealTexts(files.get(row.client.id)!, row.id, 1, row.said) }));
    await insertAll(
      tx,
      Observation,
      observed.map(({ row, sealed }) => ({
        ...ofFile(row),
        sessionId: row.id,
        tensionBefore: row.said.tensionBefore ?? null,
        tensionAfter: row.said.tensionAfter ?? null,
        recoverySignals: [],
        takeHome: sealed.takeHome,
        transitionMoments: [],
        observedBy: row.givenBy,
        updatedAt: now,
        version: 1,
      })),
    );
    await insertAll(
      tx,
      ObservationDetails,
      observed.map(({ row, sealed }) => ({
        ...ofFile(row),
        sessionId: row.id,
        ...sealed.details,
        tensionAreas: [],
        breath: [],
        version: 1,
      })),
    );
    return clientIds;
  }

  /** What a row comes to; what stands in its way is found. */
  private held(
    said: SessionRow,
    clients: ClientsOnFile,
    coaches: Coaches,
    { now }: Held,
    findings: Findings,
  ): NewSession | undefined {
    const { row, startsAt, durationMinutes = 60 } = said;
    const client = clients.ofRow(said, findings);
    const columns = { id: said.givenBy ? 'givenBy' : 'coachId', email: 'coach' };
    const named = { id: said.givenBy ?? (said.coach ? undefined : said.coachId), email: said.coach };
    const coach = coaches.named(row, named, columns, findings);
    const givenBy = coach?.id ?? client?.coachId;
    for (const column of SENSITIVE) {
      if (client && !client.consentId && said[column] !== undefined)
        findings.add(row, 'consent_required', column);
    }
    if (!startsAt || !client || !givenBy) return undefined;
    const endsAt = said.endsAt ?? new Date(startsAt.getTime() + durationMinutes * MINUTE_MS);
    const minutes = (endsAt.getTime() - startsAt.getTime()) / MINUTE_MS;
    if (minutes < 5 || minutes > 480)
      findings.add(row, 'ends_before_it_starts', said.endsAt ? 'endsAt' : 'durationMinutes');
    const away = startsAt.getTime() - now.getTime();
    if (away < -40 * YEAR_MS || away > 2 * YEAR_MS) findings.add(row, 'out_of_range', 'startsAt');
    const status = said.status ?? (startsAt > now ? 'planned' : 'completed');
    if ((status === 'completed' || status === 'no_show') && startsAt > now)
      findings.add(row, 'not_yet_held', 'status');
    if (status === 'planned' && client.isClosed) findings.add(row, 'file_closed', 'status');
    return { said, id: said.id ?? newId(startsAt), client, givenBy, status, startsAt, endsAt };
  }

  /** What is not on file yet: a session is the same when it is of the same client and begins at the same time. */
  private unknown(
    rows: readonly NewSession[],
    onFile: readonly SessionOnFile[],
    findings: Findings,
  ): NewSession[] {
    const byId = new Map(onFile.map((session) => [session.id, session]));
    const placeOf = (clientId: string, startsAt: Date): string => `${clientId} ${startsAt.getTime()}`;
    const there = new Set(onFile.map(({ clientId, startsAt }) => placeOf(clientId, startsAt)));
    const seen = new Set<string>();
    return rows.filter(({ said: { row }, id, client, startsAt }) => {
      const place = placeOf(client.id, startsAt);
      if (seen.has(place) || seen.has(id)) findings.add(row, 'twice_in_file');
      seen.add(place).add(id);
      const known = byId.get(id);
      if (known && known.clientId !== client.id) findings.add(row, 'id_in_use', 'id');
      if (!known && !there.has(place)) return true;
      if (findings.isRight(row)) findings.alreadyThere.push(row);
      return false;
    });
  }
}

/** No two planned sessions of one coach, or of one client, at the same time: in the file, and beside what is on file. */
function findOverlaps(
  rows: readonly NewSession[],
  onFile: readonly SessionOnFile[],
  findings: Findings,
): void {
  const planned = rows.filter(({ status }) => status === 'planned');
  const stands = onFile.filter(({ status }) => status === 'planned');
  const found = (code: 'coach_occupied' | 'client_occupied', keyOf: (one: Keyed) => string): void => {
    const kept = new Map<string, Span[]>();
    for (const one of stands) spansOf(kept, keyOf(one)).push(one);
    for (const { said, client, givenBy, startsAt, endsAt } of planned) {
      const spans = spansOf(kept, keyOf({ clientId: client.id, givenBy }));
      if (spans.some((other) => other.startsAt < endsAt && other.endsAt > startsAt))
        findings.add(said.row, code, 'startsAt');
      spans.push({ startsAt, endsAt });
    }
  };
  found('coach_occupied', ({ givenBy }) => givenBy);
  found('client_occupied', ({ clientId }) => clientId);
}

type Span = Pick<SessionOnFile, 'startsAt' | 'endsAt'>;
type Keyed = Pick<SessionOnFile, 'clientId' | 'givenBy'>;

function spansOf(kept: Map<string, Span[]>, key: string): Span[] {
  const spans = kept.get(key) ?? [];
  kept.set(key, spans);
  return spans;
}
