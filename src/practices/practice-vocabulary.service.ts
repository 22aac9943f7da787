import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { Person } from '../common/actor.js';
import { stale } from '../common/problems.js';
import { expectVersion } from '../common/version.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { PracticesService } from './practices.service.js';
import { SHIPPED } from './practice-vocabulary.js';
import type { WriteWord } from './practice-vocabulary.dto.js';
import { unknownCondition, vocabularyFull } from './practice-vocabulary.errors.js';
import { type Adaptable, PracticeWord } from './practice-word.entity.js';

/** How many words of its own a practice may add: nobody reads a longer list. */
export const MOST_OWN_WORDS = 50;

/** The words in which a practice asks its clients how it goes. */
@Injectable()
export class PracticeVocabularyService {
  constructor(
    private readonly tenant: Tenant,
    private readonly practices: PracticesService,
    private readonly audit: Audit,
  ) {}

  /** What the practice changed of the shipped words, or added to them. */
  read(person: Person): Promise<PracticeWord[]> {
    return this.tenant.read(person, (tx) => this.adapted(tx));
  }

  adapted(tx: Tx): Promise<PracticeWord[]> {
    return tx.manager.findBy(PracticeWord, { practiceId: tx.practiceId });
  }

  /**
   * Names a shipped code anew, or adds one of the practice's own; a code that was chosen somewhere never goes.
   * @throws Problem 409 `unknown-condition`, `vocabulary-full`; 412 `stale`
   */
  write(
    person: Person,
    vocabulary: Adaptable,
    code: string,
    { nl, en, offered = true }: WriteWord,
    version?: number,
  ): Promise<PracticeWord> {
    return this.tenant.change(person, async (tx) => {
      // Held, so that of two new words the second counts the first.
      const [{ id: practiceId }, adapted] = await Promise.all([
        this.practices.own(tx, 'for update'),
        this.adapted(tx),
      ]);
      const isShipped = Object.hasOwn(SHIPPED[vocabulary], code);
      if (vocabulary === 'conditions' && !isShipped) throw unknownCondition();
      const stands = adapted.find((word) => word.vocabulary === vocabulary && word.code === code);
      if (!stands && version !== undefined) throw stale();
      if (stands) expectVersion(stands, version);
      const own = adapted.filter((word) => !Object.hasOwn(SHIPPED[word.vocabulary], word.code));
      if (!stands && !isShipped && own.length >= MOST_OWN_WORDS) throw vocabularyFull();
      const words = { nameNl: nl, nameEn: en, isOffered: offered };
      const word = stands ?? tx.manager.create(PracticeWord, { practiceId, vocabulary, code, version: 1 });
      Object.assign(word, words);
      if (stands) await tx.manager.save(word);
      else await tx.manager.insert(PracticeWord, word);
      this.audit.record(tx, { event: 'vocabulary.changed', objectType: 'practice', objectId: practiceId });
      return word;
    });
  }
}
