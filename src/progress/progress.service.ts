import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { ownClients, ownFile } from '../clients/client-files.js';
import type { Person } from '../common/actor.js';
import type { Language } from '../common/language.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { PracticeVocabularyService } from '../practices/practice-vocabulary.service.js';
import { Progress, type Range } from './progress.js';
import { progressChart } from './progress-chart.js';
import type { ProgressView } from './progress.dto.js';

/** Who looks at a client's progress: the file's coach, as far as the client shares, and the client. */
@Injectable()
export class ProgressService {
  constructor(
    private readonly tenant: Tenant,
    private readonly progress: Progress,
    private readonly vocabulary: PracticeVocabularyService,
    private readonly audit: Audit,
  ) {}

  async ofClient(person: Person, clientId: string, range: Range): Promise<ProgressView> {
    const figures = await this.tenant.read(person, (tx) => this.look(tx, person, clientId, range));
    await this.witness(person, clientId);
    return figures;
  }

  async own(person: Person, range: Range): Promise<ProgressView> {
    const { clientId } = ownFile(person);
    const figures = await this.tenant.read(person, (tx) => this.progress.of(tx, clientId, range));
    await this.witness(person, clientId);
    return figures;
  }

  /** @returns SVG */
  async chartOfClient(person: Person, clientId: string, range: Range, language: Language): Promise<string> {
    const [figures, adapted] = await this.tenant.read(person, (tx) =>
      Promise.all([this.look(tx, person, clientId, range), this.vocabulary.adapted(tx)]),
    );
    await this.witness(person, clientId);
    return progressChart(figures, language, adapted);
  }

  /** @returns SVG */
  async ownChart(person: Person, range: Range, language: Language): Promise<string> {
    const { clientId } = ownFile(person);
    const [figures, adapted] = await this.tenant.read(person, (tx) =>
      Promise.all([this.progress.of(tx, clientId, range), this.vocabulary.adapted(tx)]),
    );
    await this.witness(person, clientId);
    return progressChart(figures, language, adapted);
  }

  private look(tx: Tx, person: Person, clientId: string, range: Range): Promise<ProgressView> {
    return this.progress.ofCoach(tx, ownClients(person).coachId, clientId, range);
  }

  private witness(person: Person, clientId: string): Promise<void> {
    const about = { clientId, objectType: 'client', objectId: clientId };
    return this.audit.witness(person, { event: 'progress.read', ...about });
  }
}
