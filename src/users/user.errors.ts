import { Problem } from '../common/problem.js';

export const addressInUse = (): Problem =>
  new Problem({
    type: 'address-in-use',
    status: 409,
    title: { nl: 'Dit adres is al in gebruik', en: 'This address is in use already' },
    detail: {
      nl: 'Binnen deze praktijk meldt zich al iemand met dit e-mailadres aan.',
      en: 'Somebody in this practice signs in with this e-mail address already.',
    },
  });

export const invitationNotUsable = (): Problem =>
  new Problem({
    type: 'invitation-not-usable',
    status: 404,
    title: { nl: 'Deze uitnodiging werkt niet (meer)', en: 'This invitation does not work (any more)' },
    detail: {
      nl: 'Vraag je praktijk om een nieuwe.',
      en: 'Ask your practice for a new one.',
    },
  });

export const alreadyAccepted = (): Problem =>
  new Problem({
    type: 'invitation-already-accepted',
    status: 409,
    title: { nl: 'Deze persoon meldt zich al aan', en: 'This person signs in already' },
  });

export const lastAdmin = (): Problem =>
  new Problem({
    type: 'last-admin',
    status: 409,
    title: { nl: 'Een praktijk houdt altijd een beheerder', en: 'A practice always keeps an admin' },
    detail: {
      nl: 'Maak eerst iemand anders beheerder.',
      en: 'Make somebody else an admin first.',
    },
  });

export const coachHasClients = (): Problem =>
  new Problem({
    type: 'coach-has-clients',
    status: 409,
    title: { nl: 'Deze coach heeft nog cliënten', en: 'This coach still has clients' },
    detail: {
      nl: 'Draag eerst de dossiers over aan een andere coach.',
      en: 'Transfer the files to another coach first.',
    },
  });

export const clientRoleByInvitation = (): Problem =>
  new Problem({
    type: 'client-role-by-invitation',
    status: 409,
    title: { nl: 'Cliënt word je door een uitnodiging', en: 'A client is made by an invitation' },
    detail: {
      nl: 'Nodig de cliënt uit vanuit het dossier; de rol hoort bij dat dossier.',
      en: 'Invite the client from the file; the role belongs to that file.',
    },
  });
