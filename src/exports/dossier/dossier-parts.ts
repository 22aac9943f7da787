/** The parts of a dossier as they leave: plain JSON, described by `dossier-schema.ts`. Null is what is not there, or not for who asked. */
export interface DossierClient {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly company: string | null;
  readonly language: string;
  readonly status: string;
  readonly coach: string | null;
  readonly createdAt: string;
  readonly closedAt: string | null;
  readonly question: string | null;
  readonly stressKind: string | null;
  readonly since: string | null;
  readonly stressors: readonly string[] | null;
  readonly stressSignals: readonly string[] | null;
  readonly blockers: readonly string[] | null;
}

export interface DossierConsent {
  readonly id: string;
  readonly textVersion: number;
  readonly channel: string;
  readonly givenOn: string;
  readonly recordedAt: string;
  readonly withdrawnOn: string | null;
  readonly withdrawalChannel: string | null;
}

export interface DossierSession {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly mode: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly givenBy: string | null;
  readonly priceCents: number | null;
  readonly vatPercent: number | null;
  readonly location: string | null;
}

export interface DossierObservation {
  readonly sessionId: string;
  readonly observedBy: string | null;
  readonly updatedAt: string;
  readonly question: string | null;
  readonly tensionAreas: readonly string[] | null;
  readonly breath: readonly string[] | null;
  readonly thoughts: string | null;
  readonly conditions: Readonly<Record<string, number | null>>;
  readonly letGo: string | null;
  readonly recoverySignals: readonly string[];
  readonly tensionBefore: number | null;
  readonly tensionAfter: number | null;
  readonly takeHome: string | null;
  readonly transitionMoments: readonly string[];
}

export interface DossierAddendum {
  readonly body: string;
  readonly signedBy: string | null;
  readonly signedAt: string | null;
}

export interface DossierNote {
  readonly id: string;
  readonly sessionId: string | null;
  readonly author: string | null;
  readonly visibility: string;
  readonly status: string;
  readonly createdAt: string;
  readonly signedAt: string | null;
  readonly signedBy: string | null;
  readonly enteredInErrorAt: string | null;
  /** The ground on which its texts stay out of a copy for the client (AVG art. 15(4), UAVG art. 41); null where they do not. */
  readonly withheld: string | null;
  readonly body: string | null;
  readonly addenda: readonly DossierAddendum[];
}

export interface DossierAssignment {
  readonly id: string;
  readonly sessionId: string | null;
  readonly exercise: string;
  readonly status: string;
  readonly moment: string;
  readonly rhythm: string;
  readonly timesPerDay: number | null;
  readonly weekdays: readonly number[] | null;
  readonly startOn: string;
  readonly endOn: string;
  readonly message: string | null;
}

export interface DossierLog {
  readonly id: string;
  readonly assignmentId: string;
  readonly doneOn: string;
  readonly outcome: string;
  readonly minutes: number | null;
  readonly tensionBefore: number | null;
  readonly tensionAfter: number | null;
  readonly recoverySignals: readonly string[] | null;
  readonly remark: string | null;
}

/** A look back at a week, as far as the client shares it. */
export interface DossierCheckIn {
  readonly id: string;
  readonly on: string;
  readonly tension: number | null;
  readonly conditions: Readonly<Record<string, number | null>>;
  readonly stressSignals: readonly string[];
  readonly recoverySignals: readonly string[];
  readonly remark: string | null;
}

export interface DossierReading {
  readonly id: string;
  readonly article: string;
  readonly givenAt: string;
}

/** Another part is a line here, in the statement, in the schema and on paper. */
export interface DossierParts {
  readonly client: DossierClient[];
  readonly consents: DossierConsent[];
  readonly sessions: DossierSession[];
  readonly observations: DossierObservation[];
  readonly notes: DossierNote[];
  readonly assignments: DossierAssignment[];
  readonly logs: DossierLog[];
  readonly checkIns: DossierCheckIn[];
  readonly readings: DossierReading[];
}

export type PartName = keyof DossierParts;

export const noParts = (): DossierParts => ({
  client: [],
  consents: [],
  sessions: [],
  observations: [],
  notes: [],
  assignments: [],
  logs: [],
  checkIns: [],
  readings: [],
});
