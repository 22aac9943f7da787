import type { Plain } from '../common/plain.js';
import type { ClientSummary, ClientView } from './client.dto.js';
import type { Client } from './client.entity.js';
import type { ClientFile } from './clients.service.js';
import type { ConsentTextView, ConsentView } from './consent.dto.js';
import type { ConsentText } from './consent-text.entity.js';
import type { FiledConsent } from './consents.service.js';

/** Who it is and how the coaching stands: what an admin sees too. */
export function clientSummary(client: Client): Plain<ClientSummary> {
  const { id, name, email, phone, company, language, status, coachId, version } = client;
  return {
    id,
    name,
    ...(email && { email }),
    ...(phone && { phone }),
    ...(company && { company }),
    language,
    status,
    coachId,
    hasConsent: client.hasConsent,
    hasAccount: client.userId !== null,
    ...(client.invitedAt && { invitedAt: client.invitedAt.toISOString() }),
    createdAt: client.createdAt.toISOString(),
    ...(client.closedAt && { closedAt: client.closedAt.toISOString() }),
    version,
  };
}

/** The whole file; the intake is there where the service found the reader to be the file's coach. */
export function clientView({ client, intake }: ClientFile): ClientView {
  return { ...clientSummary(client), ...intake };
}

export function consentView({ consent, inForce }: FiledConsent): ConsentView {
  const { id, textVersion, channel, givenOn, recordedAt, withdrawnAt, withdrawnOn, withdrawalChannel } =
    consent;
  return {
    id,
    textVersion,
    channel,
    givenOn,
    recordedAt: recordedAt.toISOString(),
    inForce,
    ...(withdrawnAt && { withdrawnAt: withdrawnAt.toISOString() }),
    ...(withdrawnOn && { withdrawnOn }),
    ...(withdrawalChannel && { withdrawalChannel }),
  };
}

export function consentTextView({ version, textNl, textEn, publishedAt }: ConsentText): ConsentTextView {
  return { version, nl: textNl, en: textEn, publishedAt: publishedAt.toISOString() };
}
