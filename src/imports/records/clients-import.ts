import { Injectable } from '@nestjs/common';
import { Client, type ClientStatus } from '../../clients/client.entity.js';
import { ClientDetails } from '../../clients/client-details.entity.js';
import { ClientKey } from '../../clients/client-key.entity.js';
import { Consent } from '../../clients/consent.entity.js';
import { InstallationKey } from '../../common/cipher/installation-key.js';
import { dayIn } from '../../common/day.js';
import { newId } from '../../common/id.js';
import type { Tx } from '../../database/tx.js';
import { ErasureLedger } from '../../privacy/erasure/erasure-ledger.js';
import { insertAll } from '../insert-all.js';
import type { Findings } from '../import-problems.js';
import { consentTextVersions } from '../on-file.queries.js';
import { type RawFile, readRows } from '../reading/rows.js';
import { CLIENT_FIELDS, type ClientRow } from './columns.js';
import { ClientsOnFile, Coaches, given, personKey } from './people.js';
import type { BroughtBy, Held, RecordImport } from './record-import.js';

/** A row that can be brought in, with what it rests on here. */
interface NewClient {
  readonly said: ClientRow;
  readonly id: string;
  readonly coachId: string;
  readonly status: ClientStatus;
  readonly createdAt: Date;
  readonly consent?: { readonly givenOn: string; readonly textVersion: number };
}

const SENSITIVE = ['question', 'stressKind', 'since'] as const;

/** Clients with their consent, and where that was given the question that they came with. */
@Injectable()
export class ClientsImport implements RecordImport<NewClient> {
  constructor(
    private readonly installationKey: InstallationKey,
    private readonly ledger: ErasureLedger,
  ) {}

  async check(tx: Tx, file: RawFile, held: Held, findings: Findings): Promise<NewClient[]> {
    const rows = readRows(file, CLIENT_FIELDS, held.timeZone, findings);
    const [coaches, versions, onFile, erased] = await Promise.all([
      Coaches.here(tx, held.coaches),
      consentTextVersions(tx),
      ClientsOnFile.meant(tx, {
        ids: given(rows.map(({ id }) => id)),
        emails: given(rows.map(({ email }) => email)),
        phones: given(rows.map((row) => row.phone)),
      }),
      this.erasedOf(tx),
    ]);
    const seen = new Map<string, number>();
    const fresh: NewClient[] = [];
    for (const said of rows) {
      const { row, id, name, email } = said;
      if (id && (erased.has(id) || onFile.withId(id)?.isErased)) findings.add(row, 'erased_client', 'id');
      if (isTwice(said, seen)) findings.add(row, 'twice_in_file');
      const known = onFile.withId(id);
      const same = known ? [known] : onFile.same(email, name, said.phone);
      if (same.length > 1) findings.add(row, 'ambiguous_client');
      const ready = this.held(said, coaches, versions, held, findings);
      if (same.length === 1 && !same[0]!.isErased) {
        // Whoever is on file is as they are on file.
        if (findings.isRight(row)) findings.alreadyThere.push(row);
      } else if (ready && findings.isRight(row)) fresh.push(ready);
    }
    return fresh;
  }

  async write(tx: Tx, rows: readonly NewClient[], { requestedBy, now }: BroughtBy): Promise<string[]> {
    const { practiceId } = tx;
    const made = rows.map((row) => ({
      ...row,
      wrapped: this.installationKey.wrapNewKey(practiceId, row.id),
      consentId: newId(now),
    }));
    await insertAll(
      tx,
      Client,
      made.map(({ said, id, coachId, status, createdAt, consent, consentId }) => ({
        practiceId,
        id,
        coachId,
        userId: null,
        name: said.name!,
        email: said.email ?? null,
        phone: said.phone ?? null,
        company: said.company ?? null,
        language: said.language ?? 'nl',
        status,
        consentId: consent ? consentId : null,
        createdAt,
        invitedAt: said.invitedAt ?? null,
        closedAt: said.closedAt ?? null,
        version: 1,
      })),
    );
    await insertAll(
      tx,
      ClientKey,
      made.map(({ id: clientId, coachId, wrapped }) => ({
        practiceId,
        clientId,
        coachId,
        wrapped,
        createdAt: now,
      })),
    );
    await insertAll(
      tx,
      Consent,
      made.flatMap(({ said, id: clientId, coachId, consent, consentId }) =>
        consent
          ? [
              {
                practiceId,
                id: consentId,
                clientId,
                coachId,
                ...consent,
                channel: said.consentChannel ?? 'paper',
                recordedBy: requestedBy,
                recordedAt: now,
              },
            ]
          : [],
      ),
    );
    await insertAll(
      tx,
      ClientDetails,
      made
        .filter(({ said }) => SENSITIVE.some((column) => said[column] !== undefined))
        .map(({ said, id: clientId, coachId, wrapped }) => ({
          practiceId,
          clientId,
          coachId,
          question: this.installationKey
            .unwrap(practiceId, clientId, wrapped)
            .sealOptional({ column: 'client_details.question', row: clientId, version: 1 }, said.question),
          stressKind: said.stressKind ?? null,
          stressSince: said.since ?? null,
          stressors: [],
          stressSignals: [],
          blockers: [],
          version: 1,
        })),
    );
    return made.map(({ id }) => id);
  }

  /** What a row comes to; what stands in its way is found. */
  private held(
    said: ClientRow,
    coaches: Coaches,
    versions: readonly number[],
    { now, timeZone }: Held,
    findings: Findings,
  ): NewClient | undefined {
    const { row } = said;
    const named = { id: said.coachId, email: said.coach };
    if (!named.id && !named.email) findings.add(row, 'missing', 'coach');
    const coach = coaches.named(row, named, { id: 'coachId', email: 'coach' }, findings);
    if (coach && !coach.isHere) findings.add(row, 'coach_left', named.id ? 'coachId' : 'coach');
    for (const column of ['createdAt', 'invitedAt', 'closedAt'] as const) {
      if (said[column] && said[column] > now) findings.add(row, 'in_the_future', column);
    }
    const status = said.status ?? (said.closedAt ? 'closed' : 'prospect');
    if ((status === 'closed') !== (said.closedAt !== undefined))
      findings.add(row, 'closed_since', 'closedAt');
    const consent = consentOf(said, versions, dayIn(timeZone, now), findings);
    const createdAt = said.createdAt ?? now;
    if (!coach) return undefined;
    return {
      said,
      id: said.id ?? newId(createdAt),
      coachId: coach.id,
      status,
      createdAt,
      ...(consent && { consent }),
    };
  }

  /** Also those of whom no tombstone is left. */
  private async erasedOf({ practiceId }: Tx): Promise<Set<string>> {
    const erased = await this.ledger.read();
    return new Set(erased.filter((one) => one.practiceId === practiceId).map(({ clientId }) => clientId));
  }
}

/**
 * Whether an earlier row is the same person: the same id, or where a row has none the same mail address, or the same name
 * and phone. Who have ids of their own may share an address, as a family does.
 */
function isTwice({ row, id, name, email, phone }: ClientRow, seen: Map<string, number>): boolean {
  const byPerson = [email && `mail ${email}`, name && phone && `person ${personKey(name, phone)}`];
  const keys = [id && `id ${id}`, ...byPerson].filter((key): key is string => Boolean(key));
  const decisive = id ? keys.slice(0, 1) : keys;
  const isThere = decisive.some((key) => seen.has(key));
  for (const key of keys) if (!seen.has(key)) seen.set(key, row);
  return isThere;
}

function consentOf(
  said: ClientRow,
  versions: readonly number[],
  today: string,
  findings: Findings,
): NewClient['consent'] {
  const { row, consentGivenOn: givenOn, consentTextVersion = versions.at(-1)! } = said;
  if (givenOn === undefined || said.hasConsent === false) {
    if (said.hasConsent) findings.add(row, 'consent_without_day', 'consentGivenOn');
    for (const column of SENSITIVE) {
      if (said[column] !== undefined) findings.add(row, 'consent_required', column);
    }
    return undefined;
  }
  if (givenOn > today) findings.add(row, 'in_the_future', 'consentGivenOn');
  if (!versions.includes(consentTextVersion)) findings.add(row, 'unknown_consent_text', 'consentTextVersion');
  return { givenOn, textVersion: consentTextVersion };
}
