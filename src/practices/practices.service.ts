import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { Person } from '../common/actor.js';
import { expectVersion } from '../common/version.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import type { ChangePractice, ChangeRegime } from './practice.dto.js';
import { Practice } from './practice.entity.js';

/** The practice itself and its settings. */
@Injectable()
export class PracticesService {
  constructor(
    private readonly tenant: Tenant,
    private readonly audit: Audit,
  ) {}

  read(person: Person): Promise<Practice> {
    return this.tenant.read(person, (tx) => this.own(tx));
  }

  change(person: Person, input: ChangePractice, version?: number): Promise<Practice> {
    return this.tenant.change(person, async (tx) => {
      const practice = await this.own(tx, 'for update');
      expectVersion(practice, version);
      const changed = await tx.manager.save(Object.assign(practice, input));
      this.audit.record(tx, { event: 'practice.changed', objectType: 'practice', objectId: practice.id });
      return changed;
    });
  }

  changeRegime(person: Person, { regime, reason }: ChangeRegime, version?: number): Promise<Practice> {
    return this.tenant.change(person, async (tx) => {
      const practice = await this.own(tx, 'for update');
      expectVersion(practice, version);
      const ground = `${practice.regime} to ${regime}`;
      // How long a file is kept follows the law again, until the practice chooses anew.
      const term = practice.regime === regime ? {} : { fileYears: null, fileYearsReason: null };
      const changed = await tx.manager.save(
        Object.assign(practice, { regime, regimeReason: reason, ...term }),
      );
      const about = { objectType: 'practice', objectId: practice.id };
      this.audit.record(tx, { event: 'practice.regime_changed', ground, ...about });
      return changed;
    });
  }

  /** The practice of this transaction. */
  own(tx: Tx, lock?: 'for update'): Promise<Practice> {
    return tx.manager.findOneOrFail(Practice, {
      where: { id: tx.practiceId },
      ...(lock && { lock: { mode: 'for_no_key_update' } }),
    });
  }
}
