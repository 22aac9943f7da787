import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { Role, SystemTask } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import type { Language } from '../common/language.js';
import { ConsentText } from '../clients/consent-text.entity.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { StartingCatalogue } from '../homework/exercises/starting-catalogue.js';
import { StartingKnowledge } from '../knowledge/articles/starting-knowledge.js';
import { whenViolated } from '../database/violation.js';
import { taskOfJob } from '../jobs/jobs.js';
import { Practice } from '../practices/practice.entity.js';
import { Invitations } from '../users/invitations.js';
import { User } from '../users/user.entity.js';
import { FIRST_CONSENT_TEXT } from './first-consent-text.js';
import { slugNotUsable, slugTaken } from './onboarding.errors.js';

export interface NewPractice {
  readonly name: string;
  /** Its name in addresses; made of the name when left out. */
  readonly slug?: string;
  readonly admin: { readonly name: string; readonly email: string; readonly roles?: readonly Role[] };
  readonly language?: Language;
  readonly timeZone?: string;
  /** Whether its coaches and admins need a second factor from the first day; not, unless it is said. */
  readonly secondFactorRequired?: boolean;
}

export interface OpenedPractice {
  readonly practiceId: string;
  readonly slug: string;
  readonly adminId: string;
  /** The admin's invitation; it cannot be shown again. */
  readonly code: string;
}

/** Opens a practice: itself, its first admin, the consent text, the catalogue and the articles it starts with. */
@Injectable()
export class OnboardingService {
  constructor(
    private readonly tenant: Tenant,
    private readonly invitations: Invitations,
    private readonly catalogue: StartingCatalogue,
    private readonly knowledge: StartingKnowledge,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 409 `slug-taken`, 422 `slug-not-usable` */
  open(practice: NewPractice): Promise<OpenedPractice> {
    const now = this.clock.now();
    const practiceId = newId(now);
    const actor: SystemTask = taskOfJob(practiceId, 'onboarding');
    const slug = practice.slug ?? slugOf(practice.name);
    return this.tenant
      .change(actor, async (tx) => {
        await this.insertPractice(tx, practice, slug);
        await tx.manager.insert(ConsentText, {
          practiceId,
          version: 1,
          textNl: FIRST_CONSENT_TEXT.nl,
          textEn: FIRST_CONSENT_TEXT.en,
          publishedAt: now,
        });
        await this.catalogue.plant(tx);
        await this.knowledge.plant(tx);
        const adminId = await this.insertAdmin(tx, practice);
        const code = await this.invitations.mint(tx, { userId: adminId }, practice.admin.email.toLowerCase());
        this.audit.record(tx, { event: 'practice.opened', objectType: 'practice', objectId: practiceId });
        return { practiceId, slug, adminId, code };
      })
      .catch(whenViolated({ practices_slug_key: slugTaken, practices_slug_shape: slugNotUsable }));
  }

  private async insertPractice(
    tx: Tx,
    { name, language, timeZone, secondFactorRequired }: NewPractice,
    slug: string,
  ): Promise<void> {
    await tx.manager.insert(Practice, {
      id: tx.practiceId,
      slug,
      name,
      timeZone: timeZone ?? 'Europe/Amsterdam',
      language: language ?? 'nl',
      assignmentLimit: 3,
      assignmentWeeks: 4,
      secondFactorRequired: secondFactorRequired ?? false,
      regime: 'coach',
      regimeReason: null,
      createdAt: this.clock.now(),
    });
  }

  private async insertAdmin(tx: Tx, { admin, language }: NewPractice): Promise<string> {
    const id = newId(this.clock.now());
    await tx.manager.insert(User, {
      practiceId: tx.practiceId,
      id,
      name: admin.name,
      email: admin.email.toLowerCase(),
      language: language ?? 'nl',
      roles: [...(admin.roles ?? ['admin'])],
      disabledAt: null,
      createdAt: this.clock.now(),
    });
    return id;
  }
}

/** `Adem & Rust` is `adem-rust` in an address. */
export function slugOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
