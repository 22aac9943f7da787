import type { Bilingual } from '../common/language.js';

/** What was done, in the words of NEN 7513: made, read, changed, deleted, or carried out. */
export type Action = 'create' | 'read' | 'update' | 'delete' | 'execute';

interface Known {
  readonly action: Action;
  /** What a client is told, after the name of who did it; none for what is never of one file. */
  readonly said?: Bilingual;
}

const of = (action: Action, nl?: string, en?: string): Known => ({
  action,
  ...(nl && en && { said: { nl, en } }),
});

/** Every event that the audit log knows; `docs/audit.md` explains them, and a test holds the three together. */
export const AUDIT_EVENTS: Readonly<Record<string, Known>> = {
  'login.begun': of('execute'),
  'login.ended': of('execute'),
  'login.refused': of('execute'),
  'request.refused': of('execute'),
  'invitation.accepted': of('execute'),
  'profile.changed': of('update'),
  'logins.ended': of('execute'),
  'login.refresh_repeated': of('execute'),
  'login.stepped_up': of('execute'),
  'login.proof_refused': of('execute'),
  'password.changed': of('update'),
  'password_reset.asked': of('execute'),
  'password.reset': of('update'),
  'mail_sign_in.asked': of('execute'),
  'mail_sign_in.used': of('execute'),
  'address_change.asked': of('execute'),
  'address.changed': of(
    'update',
    'veranderde het adres waarmee je inlogt',
    'changed the address that you sign in with',
  ),
  'address_change.cancelled': of(
    'update',
    'zette het adres waarmee je inlogt terug',
    'put back the address that you sign in with',
  ),
  'second_factor.begun': of('create'),
  'second_factor.confirmed': of('update'),
  'second_factor.refused': of('execute'),
  'second_factor.removed': of('delete'),
  'recovery_codes.renewed': of('update'),
  'recovery_code.used': of('execute'),
  'passkey.added': of('create'),
  'passkey.renamed': of('update'),
  'passkey.removed': of('delete'),
  'passkey.copied': of('execute'),
  'keys.rotated': of('update'),
  'key.made': of('create'),
  'keys.listed': of('read'),
  'key.used': of('execute'),
  'key.ended': of('update'),

  'practice.opened': of('create'),
  'practice.changed': of('update'),
  'user.added': of('create'),
  'users.listed': of('read'),
  'user.read': of('read'),
  'user.changed': of('update'),
  'user.invited': of('execute'),
  'user.disabled': of('update'),
  'user.enabled': of('update'),

  'client.opened': of('create', 'maakte je dossier aan', 'opened a file for you'),
  'clients.listed': of(
    'read',
    'zag je naam in de lijst met cliënten',
    'saw your name in the list of clients',
  ),
  'client.read': of('read', 'opende je dossier', 'opened your file'),
  'client.changed': of('update', 'paste je gegevens aan', 'changed your details'),
  'client.activated': of('update', 'maakte je dossier actief', 'made your file active'),
  'client.paused': of('update', 'zette je begeleiding op pauze', 'paused your coaching'),
  'client.resumed': of('update', 'liet je begeleiding weer doorgaan', 'resumed your coaching'),
  'client.closed': of('update', 'sloot je dossier', 'closed your file'),
  'client.reopened': of('update', 'opende je gesloten dossier weer', 'reopened your closed file'),
  'client.invited': of('execute', 'nodigde je uit voor het portaal', 'invited you to the portal'),
  'client.transferred': of(
    'update',
    'gaf je dossier aan een andere coach',
    'handed your file to another coach',
  ),
  'client.erased': of('delete', 'wiste je dossier', 'erased your file'),
  'note.withheld': of(
    'update',
    'legde vast dat een privénotitie buiten een kopie van je dossier blijft',
    'recorded that a private note stays out of a copy of your file',
  ),
  'note.withholding_read': of(
    'read',
    'bekeek waarom een privénotitie buiten een kopie van je dossier blijft',
    'looked at why a private note stays out of a copy of your file',
  ),
  'note.withholding_ended': of(
    'update',
    'legde vast dat een privénotitie weer meegaat in een kopie van je dossier',
    'recorded that a private note goes along again in a copy of your file',
  ),
  'consents.listed': of('read', 'bekeek je toestemmingen', 'looked at your consents'),
  'consent.given': of('create', 'legde je toestemming vast', 'recorded your consent'),
  'consent.withdrawn': of('update', 'trok je toestemming in', 'withdrew your consent'),

  'consent_text.published': of('create'),
  'practice.regime_changed': of('update'),
  'timeline.read': of('read', 'bekeek de tijdlijn van je dossier', 'looked at the timeline of your file'),
  'brief.read': of('read', 'bereidde een sessie met je voor', 'prepared a session with you'),
  'progress.read': of('read', 'keek hoe het met je gaat', 'looked at how you are doing'),
  'data_request.received': of(
    'create',
    'nam je verzoek over je gegevens aan',
    'took your request about your data',
  ),
  'data_request.read': of('read', 'las een verzoek over je gegevens', 'read a request about your data'),
  'data_request.confirmed': of(
    'update',
    'bevestigde je verzoek over je gegevens',
    'confirmed your request about your data',
  ),
  'data_request.approved': of(
    'update',
    'keurde een verzoek over je gegevens goed',
    'approved a request about your data',
  ),
  'data_request.refused': of(
    'update',
    'wees een verzoek over je gegevens af',
    'refused a request about your data',
  ),
  'data_request.extended': of(
    'update',
    'nam meer tijd voor je verzoek over je gegevens',
    'took more time for your request about your data',
  ),
  'data_request.completed': of(
    'update',
    'rondde een verzoek over je gegevens af',
    'completed a request about your data',
  ),
  'data_request.copy_failed': of(
    'update',
    'kreeg een kopie van je gegevens niet af',
    'did not get a copy of your data done',
  ),
  'data_request.downloaded': of('read', 'haalde een kopie van je gegevens op', 'fetched a copy of your data'),
  'data_request.passphrase_read': of(
    'read',
    'bekeek het wachtwoord van een kopie van je gegevens',
    'looked at the passphrase of a copy of your data',
  ),
  'data_request.cancelled': of(
    'update',
    'trok een verzoek over je gegevens in',
    'cancelled a request about your data',
  ),
  'data_requests.listed': of(
    'read',
    'bekeek je verzoeken over je gegevens',
    'looked at your requests about your data',
  ),

  'sessions.listed': of('read', 'zag je sessies in een lijst', 'saw your sessions in a list'),
  'session.read': of('read', 'bekeek een sessie van jou', 'looked at a session of yours'),
  'session.planned': of('create', 'plande een sessie met je', 'planned a session with you'),
  'session.changed': of('update', 'paste een sessie van jou aan', 'changed a session of yours'),
  'session.deleted': of('delete', 'haalde een geplande sessie weg', 'removed a planned session'),
  'session.completed': of('update', 'rondde een sessie met je af', 'completed a session with you'),
  'session.cancelled': of('update', 'zegde een sessie met je af', 'cancelled a session with you'),
  'session.missed': of(
    'update',
    'noteerde dat een sessie niet doorging',
    'noted that a session did not take place',
  ),
  'session.reinstated': of('update', 'zette een sessie terug op gepland', 'put a session back to planned'),
  'observation.read': of(
    'read',
    'bekeek de waarnemingen van een sessie',
    'looked at what was observed in a session',
  ),
  'observation.written': of(
    'create',
    'schreef waarnemingen bij een sessie',
    'wrote what was observed in a session',
  ),
  'observation.changed': of(
    'update',
    'paste waarnemingen bij een sessie aan',
    'changed what was observed in a session',
  ),

  'notes.listed': of(
    'read',
    'bekeek de lijst met notities in je dossier',
    'looked at the list of notes in your file',
  ),
  'note.read': of('read', 'las een notitie in je dossier', 'read a note in your file'),
  'note.versions_read': of(
    'read',
    'bekeek eerdere versies van een notitie',
    'looked at earlier versions of a note',
  ),
  'note.drafted': of('create', 'begon een notitie in je dossier', 'began a note in your file'),
  'note.changed': of('update', 'paste een notitie in je dossier aan', 'changed a note in your file'),
  'note.deleted': of('delete', 'gooide een concept van een notitie weg', 'threw away the draft of a note'),
  'note.signed': of('update', 'ondertekende een notitie in je dossier', 'signed a note in your file'),
  'note.shared': of('update', 'deelde een notitie met je', 'shared a note with you'),
  'note.added_to': of('update', 'vulde een notitie in je dossier aan', 'added to a note in your file'),
  'note.entered_in_error': of(
    'update',
    'gaf aan dat een notitie in je dossier niet klopt',
    'marked a note in your file as wrong',
  ),
  'note.signature_broken': of(
    'read',
    'opende een notitie waarvan de handtekening niet meer past',
    'opened a note whose signature no longer fits',
  ),
  'notes.searched': of('read', 'zocht in de notities in je dossier', 'searched the notes in your file'),
  'note_template.changed': of('update'),
  'note_template.reset': of('delete'),
  'note.taken_back': of('update', 'deelde een notitie niet langer met je', 'stopped sharing a note with you'),

  'exercises.listed': of('read'),
  'exercise.read': of('read'),
  'exercise.drafted': of('create'),
  'exercise.changed': of('update'),
  'exercise.published': of('update'),
  'exercise.retired': of('update'),
  'exercise_sets.listed': of('read'),
  'exercise_set.read': of('read'),
  'exercise_set.made': of('create'),
  'exercise_set.changed': of('update'),
  'exercise_set.deleted': of('delete'),
  'exercise_medium.uploaded': of('create'),
  'exercise_medium.read': of('read'),
  'exercise_medium.played': of('read'),
  'exercise_media.dropped': of('delete'),
  'exercise.articles_linked': of('update'),
  'intake_request.received': of('create'),
  'intake_requests.listed': of('read'),
  'intake_request.accepted': of(
    'execute',
    'maakte van je aanvraag een dossier',
    'made a file of your request',
  ),
  'intake_request.refused': of('update'),
  'intake_requests.dropped': of('delete'),
  'articles.listed': of('read'),
  'article.read': of('read'),
  'article.drafted': of('create'),
  'article.changed': of('update'),
  'article.published': of('update'),
  'article.retired': of('update'),
  'readings.listed': of(
    'read',
    'bekeek wat je te lezen hebt gekregen',
    'looked at what you were given to read',
  ),
  'reading.given': of('create', 'gaf je iets te lezen', 'gave you something to read'),
  'reading.read': of('read', 'las een artikel dat je te lezen kreeg', 'read an article that you were given'),
  'reading.taken_back': of(
    'delete',
    'haalde iets weg uit wat je te lezen hebt',
    'took away something from what you have to read',
  ),
  'check_ins.listed': of(
    'read',
    'bekeek wat je van je weken deelde',
    'looked at what you shared of your weeks',
  ),
  'check_in.written': of('create', 'keek met je terug op je week', 'looked back on your week'),
  'check_in.corrected': of('update', 'verbeterde een terugblik op je week', 'corrected a look at your week'),
  'vocabulary.changed': of('update'),
  'homework.read': of('read', 'bekeek je huiswerk', 'looked at your homework'),
  'assignments.listed': of(
    'read',
    'bekeek de lijst met je oefeningen',
    'looked at the list of your exercises',
  ),
  'assignment.read': of('read', 'bekeek een oefening van jou', 'looked at an exercise of yours'),
  'assignment.assigned': of('create', 'gaf je een oefening mee', 'gave you an exercise'),
  'assignment.changed': of('update', 'paste een oefening van jou aan', 'changed an exercise of yours'),
  'assignment.paused': of('update', 'zette een oefening op pauze', 'paused an exercise'),
  'assignment.resumed': of('update', 'liet een oefening weer doorgaan', 'resumed an exercise'),
  'assignment.completed': of('update', 'rondde een oefening af', 'completed an exercise'),
  'assignment.stopped': of('update', 'stopte een oefening', 'stopped an exercise'),
  'logs.listed': of(
    'read',
    'bekeek wat je van je oefeningen deelde',
    'looked at what you shared of your exercises',
  ),
  'log.written': of('create', 'legde een oefening voor je vast', 'logged an exercise for you'),
  'log.corrected': of(
    'update',
    'verbeterde wat je van een oefening vastlegde',
    'corrected what you logged of an exercise',
  ),
  'alarm.raised': of(
    'execute',
    'liet je coach weten dat er iets te lezen staat',
    'let your coach know that there is something to read',
  ),
  'reminders.changed': of(
    'update',
    'veranderde wanneer je een herinnering krijgt',
    'changed when you are sent a reminder',
  ),
  'reminders.ended': of('update', 'zette je herinneringen uit', 'switched off your reminders'),
  'reminder.sent': of('execute', 'stuurde je een herinnering', 'sent you a reminder'),

  'exports.listed': of('read'),
  'export.requested': of('create', 'vroeg een kopie van je gegevens aan', 'asked for a copy of your data'),
  'export.approved': of(
    'update',
    'liet teksten uit je dossier meegaan in een export',
    'let texts of your file leave in an export',
  ),
  'export.refused': of(
    'update',
    'hield teksten uit je dossier buiten een export',
    'kept texts of your file out of an export',
  ),
  'export.read': of(
    'read',
    'bekeek hoe het met een kopie van je gegevens stond',
    'looked how a copy of your data stood',
  ),
  'export.finished': of('execute', 'maakte een kopie van je gegevens', 'made a copy of your data'),
  'export.downloaded': of(
    'execute',
    'downloadde een kopie van je gegevens',
    'downloaded a copy of your data',
  ),
  'export.streamed': of('execute', 'haalde een kopie van je gegevens op', 'fetched a copy of your data'),
  'export.failed': of(
    'execute',
    'kreeg een kopie van je gegevens niet gemaakt',
    'failed to make a copy of your data',
  ),
  'export.expired': of('delete', 'verwijderde een kopie van je gegevens', 'removed a copy of your data'),
  'export.cancelled': of('update', 'hield een kopie van je gegevens tegen', 'cancelled a copy of your data'),

  'imports.listed': of('read'),
  'import.read': of('read'),
  'import.checked': of('create'),
  'import.started': of('execute'),
  'import.finished': of(
    'execute',
    'las gegevens van je in uit een bestand',
    'brought in records of yours from a file',
  ),
  'import.failed': of('execute'),
  'import.cancelled': of('delete'),

  'audit_events.listed': of('read', 'bekeek wie je dossier opende', 'looked at who opened your file'),
  'audit_events.verified': of('execute'),
  'retention.previewed': of(
    'read',
    'bekeek hoe lang je dossier bewaard wordt',
    'looked at how long your file is kept',
  ),
  'practice.retention_changed': of('update'),
  'hold.placed': of(
    'update',
    'besloot je dossier langer te bewaren, met een reden',
    'decided to keep your file for longer, for a reason',
  ),
  'hold.lifted': of(
    'update',
    'besloot je dossier niet langer dan gewoonlijk te bewaren',
    'decided to keep your file no longer than usual',
  ),
  'fiscal_rows.dropped': of('delete'),
  'leak_report.made': of(
    'read',
    'zocht na een lek uit wie je dossier opende',
    'found out after a leak who opened your file',
  ),
  'processing_register.read': of('read'),
  'access_log.read': of('read', 'bekeek wie je dossier opende', 'looked at who opened your file'),
};

/** What happens before a practice is known. */
export const SECURITY_EVENTS = [
  'login.refused',
  'refresh.refused',
  'request.refused',
  'key.refused',
  'passkey.refused',
  'password_reset.asked',
  'mail_sign_in.asked',
  // For each budget of the throttling: somebody begins to wait.
  'sign_in.slowed',
  'refresh.slowed',
  'invitation.slowed',
  'code.slowed',
  'step_up.slowed',
  'mail.slowed',
  'key.slowed',
  'invite.slowed',
  'intake.slowed',
] as const;

/** An event that is newer than this list still tells the client that something was done. */
const SOMETHING: Bilingual = { nl: 'deed iets in je dossier', en: 'did something in your file' };

/** What a client is told of an event, after the name of who did it. */
export function saidOf(event: string): Bilingual {
  return AUDIT_EVENTS[event]?.said ?? SOMETHING;
}
