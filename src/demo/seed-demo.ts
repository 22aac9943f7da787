import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { InvitationAcceptanceService } from '../auth/invitation-acceptance.service.js';
import { OnboardingService } from '../onboarding/onboarding.service.js';
import type { DemoPractice } from './demo-practice.js';

const PASSWORD = 'adem in, adem uit, rust';

/** Makes the practices of the demo as people make them, through the services, in an empty database. */
export async function seedDemo(app: INestApplicationContext): Promise<DemoPractice[]> {
  const name = 'Adem & Rust';
  const admin = { name: 'Ada Beheer', email: 'ada@adem-rust.example' };
  const { slug, code } = await app.get(OnboardingService, { strict: false }).open({ name, admin });
  await app
    .get(InvitationAcceptanceService, { strict: false })
    .accept(code, { password: PASSWORD }, { requestId: randomUUID() });
  return [{ name, slug, logins: [{ ...admin, roles: ['admin'], password: PASSWORD }] }];
}
