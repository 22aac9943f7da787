import { Injectable } from '@nestjs/common';
import type { Client } from '../../clients/client.entity.js';
import type { FileCipher } from '../../common/cipher/file-cipher.js';
import { Clock } from '../../common/clock.js';
import type { Tx } from '../../database/tx.js';
import { CheckInCorrection } from './check-in-correction.entity.js';
import type { CheckInContent } from './check-in-content.js';
import { CheckIn } from './check-in.entity.js';
import { type CheckInRecord, remarkOf } from './check-in.queries.js';
import { CheckInRemark } from './check-in-remark.entity.js';

type Whose = Pick<CheckIn, 'practiceId' | 'clientId' | 'coachId'>;

/** Puts a check-in in its tables: what was noticed, and what was said about it. */
@Injectable()
export class CheckInWriter {
  constructor(private readonly clock: Clock) {}

  async insert(
    tx: Tx,
    file: FileCipher,
    client: Client,
    id: string,
    content: CheckInContent,
  ): Promise<CheckInRecord> {
    const checkedAt = this.clock.now();
    const whose = whoseOf(client);
    await Promise.all([
      tx.manager.insert(CheckIn, { ...whose, id, ...columnsOf(content), checkedAt }),
      this.insertRemark(tx, file, whose, id, content, 1),
    ]);
    return { id, ...content, checkedAt, version: 1 };
  }

  /** Replaces what stood and keeps it, sealed, with the check-in. */
  async correct(
    tx: Tx,
    file: FileCipher,
    client: Client,
    { id, version: stood, ...before }: CheckInRecord,
    content: CheckInContent,
  ): Promise<CheckInRecord> {
    const checkedAt = this.clock.now();
    const version = stood + 1;
    const whose = whoseOf(client);
    const { practiceId, clientId } = whose;
    const kept = file.seal(
      { column: 'check_in_corrections.stood', row: id, version: stood },
      JSON.stringify(before),
    );
    const correction = { ...whose, checkInId: id, version: stood, stood: kept, correctedAt: checkedAt };
    await tx.manager.insert(CheckInCorrection, correction);
    await tx.manager.update(CheckIn, { practiceId, clientId, id }, { ...columnsOf(content), checkedAt });
    await tx.manager.delete(CheckInRemark, { practiceId, clientId, checkInId: id });
    await this.insertRemark(tx, file, whose, id, content, version);
    return { id, ...content, checkedAt, version };
  }

  private async insertRemark(
    tx: Tx,
    file: FileCipher,
    whose: Whose,
    checkInId: string,
    { remark, sharing }: CheckInContent,
    version: number,
  ): Promise<void> {
    if (remark === null) return;
    const sealed = file.seal(remarkOf(checkInId, version), remark);
    await tx.manager.insert(CheckInRemark, { ...whose, checkInId, sharing, remark: sealed, version });
  }
}

const whoseOf = ({ practiceId, id: clientId, coachId }: Client): Whose => ({ practiceId, clientId, coachId });

const columnsOf = ({
  on: day,
  tension,
  stressSignals,
  recoverySignals,
  conditions,
  sharing,
}: CheckInContent) => ({ day, tension, stressSignals, recoverySignals, ...conditions, sharing });
