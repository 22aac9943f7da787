import { fold } from '../../common/fold.js';
import type { Tx } from '../../database/tx.js';
import type { Findings } from '../import-problems.js';
import { type ClientOnFile, clientsHere, type Colleague, coachesHere } from '../on-file.queries.js';

/** Without capitals, accents and spaces, so that `Sanne  bakker` is Sanne Bakker. */
export const personKey = (name: string, phone: string): string =>
  `${fold(name).replace(/\s+/g, '')}|${phone}`;

/** The coaches of a practice, by mail address or by the id that a file knows them by. */
export class Coaches {
  private constructor(
    private readonly all: readonly Colleague[],
    private readonly mapped: Readonly<Record<string, string>>,
  ) {}

  static async here(tx: Tx, mapped: Readonly<Record<string, string>>): Promise<Coaches> {
    return new Coaches(await coachesHere(tx), mapped);
  }

  byId(id: string): Colleague | undefined {
    const here = this.mapped[id] ?? id;
    return this.all.find((coach) => coach.id === here);
  }

  byMail(email: string): Colleague | undefined {
    return this.all.find((coach) => coach.email === email);
  }

  /** Whom a row names, by either; nobody where it names nobody, or somebody unknown, which is found. */
  named(
    row: number,
    { id, email }: { readonly id?: string | undefined; readonly email?: string | undefined },
    columns: { readonly id: string; readonly email: string },
    findings: Findings,
  ): Colleague | undefined {
    if (id === undefined && email === undefined) return undefined;
    const coach = id === undefined ? this.byMail(email!) : this.byId(id);
    if (!coach) findings.add(row, 'unknown_coach', id === undefined ? columns.email : columns.id);
    return coach;
  }
}

/** How a row says whose it is. */
export interface Named {
  readonly row: number;
  readonly clientId?: string;
  readonly client?: string;
  readonly clientName?: string;
  readonly clientPhone?: string;
}

/** The files of a practice, by what a row says of a person: the id, else the mail address, else name and phone. */
export class ClientsOnFile {
  private readonly byId = new Map<string, ClientOnFile>();
  private readonly byMail = new Map<string, ClientOnFile[]>();
  private readonly byPerson = new Map<string, ClientOnFile[]>();

  private constructor(clients: readonly ClientOnFile[]) {
    for (const client of clients) {
      this.byId.set(client.id, client);
      if (client.isErased) continue;
      if (client.email) add(this.byMail, client.email, client);
      if (client.phone) add(this.byPerson, personKey(client.name, client.phone), client);
    }
  }

  static async meant(
    tx: Tx,
    asked: { ids: readonly string[]; emails: readonly string[]; phones: readonly string[] },
  ): Promise<ClientsOnFile> {
    return new ClientsOnFile(await clientsHere(tx, asked));
  }

  static of(tx: Tx, rows: readonly Named[]): Promise<ClientsOnFile> {
    return ClientsOnFile.meant(tx, {
      ids: given(rows.map(({ clientId }) => clientId)),
      emails: given(rows.map(({ client }) => client)),
      phones: given(rows.map(({ clientPhone }) => clientPhone)),
    });
  }

  withId(id: string | undefined): ClientOnFile | undefined {
    return id === undefined ? undefined : this.byId.get(id);
  }

  /** Whoever has this mail address, else whoever has this name and this phone; several where that does not tell them apart. */
  same(
    email: string | undefined,
    name: string | undefined,
    phone: string | undefined,
  ): readonly ClientOnFile[] {
    const byMail = (email && this.byMail.get(email)) || [];
    if (byMail.length > 0) return byMail;
    return (name && phone && this.byPerson.get(personKey(name, phone))) || [];
  }

  /** Whose a row is; that it is nobody's, or may be several people's, is found. */
  ofRow(named: Named, findings: Findings): ClientOnFile | undefined {
    const { row, clientId, client, clientName, clientPhone } = named;
    const column = clientId ? 'clientId' : client ? 'client' : clientName ? 'clientName' : undefined;
    if (!column) {
      findings.add(row, 'missing', 'client');
      return undefined;
    }
    const known = this.withId(clientId);
    const found = clientId ? (known ? [known] : []) : this.same(client, clientName, clientPhone);
    if (found.length === 1 && !found[0]!.isErased) {
      if (found[0]!.isHeld) findings.add(row, 'data_held', column);
      return found[0];
    }
    const code = found.length > 1 ? 'ambiguous_client' : found[0] ? 'erased_client' : 'unknown_client';
    findings.add(row, code, column);
    return undefined;
  }
}

export const given = <T>(values: readonly (T | undefined)[]): T[] => [
  ...new Set(values.filter((value): value is T => value !== undefined)),
];

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const there = map.get(key);
  if (there) there.push(value);
  else map.set(key, [value]);
}
