import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { Person } from '../common/actor.js';
import type { FileCipher } from '../common/cipher/file-cipher.js';
import { InstallationKey } from '../common/cipher/installation-key.js';
import { Clock } from '../common/clock.js';
import { notFound } from '../common/problems.js';
import { Tenant } from '../database/tenant.js';
import { remarkOf } from '../homework/logs/log.queries.js';
import type { BriefLastSession, BriefView } from './brief.dto.js';
import { briefOf, type BriefRow } from './brief.queries.js';

type SealedText = { readonly text: string | null; readonly version: number | null };

/** What a coach wants to know in the minute before a session, out of all that there is. */
@Injectable()
export class BriefService {
  constructor(
    private readonly tenant: Tenant,
    private readonly installationKey: InstallationKey,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** For the file's coach alone. @throws Problem 404 */
  async read(person: Person, clientId: string): Promise<BriefView> {
    const { practiceId, userId: coachId } = person;
    const row = await this.tenant.read(person, (tx) =>
      briefOf(tx, { clientId, coachId, now: this.clock.now() }),
    );
    if (!row) throw notFound();
    const brief = opened(this.installationKey.unwrap(practiceId, clientId, row.wrappedKey), row.brief);
    await this.audit.witness(person, {
      event: 'brief.read',
      clientId,
      objectType: 'client',
      objectId: clientId,
    });
    return brief;
  }
}

function opened(file: FileCipher, { question, lastSession, remarks, ...rest }: BriefRow['brief']): BriefView {
  const intake = open(file, 'client_details.question', rest.clientId, question);
  return {
    ...rest,
    ...(intake && { question: intake }),
    ...(lastSession && { lastSession: openedSession(file, lastSession) }),
    remarks: remarks.map(({ remark, ...of }) => ({
      ...of,
      remark: file.open(remarkOf(of.logId, remark.version!), Buffer.from(remark.text, 'base64')),
    })),
  };
}

function openedSession(
  file: FileCipher,
  { question, takeHome, ...session }: NonNullable<BriefRow['brief']['lastSession']>,
): BriefLastSession {
  const asked = open(file, 'observation_details.question', session.id, question);
  const taken = open(file, 'observations.take_home', session.id, takeHome);
  return { ...session, ...(asked && { question: asked }), ...(taken && { takeHome: taken }) };
}

function open(file: FileCipher, column: string, row: string, sealed?: SealedText): string | undefined {
  if (!sealed?.text) return undefined;
  return file.open({ column, row, version: sealed.version! }, Buffer.from(sealed.text, 'base64'));
}
