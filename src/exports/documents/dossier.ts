import type { Content, ContentTable } from 'pdfmake/interfaces';
import {
  BLOCKERS,
  BODY_AREAS,
  BREATH,
  MOMENTS,
  RECOVERY_SIGNALS,
  STRESS_SIGNALS,
  STRESSORS,
} from '../../common/vocabulary.js';
import { progressChart } from '../../progress/progress-chart.js';
import type {
  DossierCheckIn,
  DossierLog,
  DossierNote,
  DossierObservation,
  DossierSession,
} from '../dossier/dossier-parts.js';
import { conditions, fromTo, word, words } from './dossier-words.js';
import { dutchMoment } from './dutch-moment.js';
import { LINE, SOFT } from './look.js';
import type { DossierDocument, DossierProgress } from './printed.js';
import { dutchDay } from './table.js';

/** One client's file as somebody reads it, from who it is about to what was done at home. */
export function dossierContent({ parts, timeZone, progress }: DossierDocument): Content[] {
  const {
    client: [client],
    consents,
    sessions,
    observations,
    notes,
    assignments,
    logs,
    checkIns,
    readings,
  } = parts;
  const moment = (at: string): string => dutchMoment(new Date(at), timeZone);
  const observed = new Map(observations.map((one) => [one.sessionId, one]));
  return [
    section('Over de cliënt', [
      facts([
        ['Naam', client?.name],
        ['E-mail', client?.email],
        ['Telefoon', client?.phone],
        ['Bedrijf', client?.company],
        ['Taal', client && word(client.language)],
        ['Status', client && word(client.status)],
        ['Coach', client?.coach],
        ['Vraag', client?.question],
        ['Spanning', client?.stressKind && word(client.stressKind)],
        ['Sinds', client?.since && dutchDay(client.since)],
        ['Bronnen van spanning', client && words(STRESSORS, client.stressors)],
        ['Stresssignalen', client && words(STRESS_SIGNALS, client.stressSignals)],
        ['Wat in de weg staat', client && words(BLOCKERS, client.blockers)],
      ]),
    ]),
    section('Toestemming', [
      ...consents.map((one) => ({
        text:
          `Gegeven op ${dutchDay(one.givenOn)}, ${word(one.channel)}, tekst versie ${one.textVersion}` +
          (one.withdrawnOn ? `; ingetrokken op ${dutchDay(one.withdrawnOn)}` : ''),
      })),
    ]),
    ...(progress ? [{ stack: [section('Verloop', [picture(progress)])], unbreakable: true }] : []),
    section('Sessies', [...sessions.map((one) => session(one, observed.get(one.id), moment))]),
    section('Notities', [...notes.map((one) => note(one, moment))]),
    section(
      'Huiswerk',
      assignments.map((one): Content => {
        const done = logs.filter(({ assignmentId }) => assignmentId === one.id);
        return {
          stack: [
            { text: one.exercise, style: 'item', headlineLevel: 2 },
            {
              text: `${dutchDay(one.startOn)} tot en met ${dutchDay(one.endOn)}, ${words(MOMENTS, [one.moment])}, ${word(one.status)}`,
              style: 'small',
            },
            ...(one.message ? [{ text: one.message }] : []),
            ...(done.length > 0 ? [logTable(done)] : []),
          ],
        };
      }),
    ),
    section('Terugblikken', [...checkIns.map(checkIn)]),
    ...(readings.length > 0
      ? [
          section('Om te lezen', [
            ...readings.map(({ article, givenAt }) => ({
              text: `${article}, gegeven op ${moment(givenAt)}`,
            })),
          ]),
        ]
      : []),
  ];
}

const section = (title: string, content: Content[]): Content => [
  { text: title, style: 'section', headlineLevel: 1 },
  ...(content.length > 0 ? content : [{ text: 'Niets vastgelegd.', color: SOFT }]),
];

/** It fits a page, however much it tells. */
const picture = ({ figures, adapted }: DossierProgress): Content => ({
  svg: progressChart(figures, 'nl', adapted),
  fit: [515, 680],
});

type Fact = readonly [label: string, value: string | null | undefined];

/** What is known, a line each; what is not is left out. */
function facts(all: readonly Fact[]): Content {
  const known = all.filter((fact): fact is readonly [string, string] => Boolean(fact[1]));
  if (known.length === 0) return { text: 'Niets vastgelegd.', color: SOFT };
  return {
    table: { widths: [130, '*'], body: known.map(([label, value]) => [{ text: label, color: SOFT }, value]) },
    layout: { defaultBorder: false, paddingLeft: () => 0, paddingTop: () => 1, paddingBottom: () => 1 },
  };
}

function session(
  { kind, status, mode, startsAt, givenBy, location }: DossierSession,
  seen: DossierObservation | undefined,
  moment: (at: string) => string,
): Content {
  return {
    stack: [
      { text: `${word(kind)}, ${moment(startsAt)}`, style: 'item', headlineLevel: 2 },
      {
        text: [word(status), word(mode), location, givenBy && `door ${givenBy}`].filter(Boolean).join(', '),
        style: 'small',
      },
      ...(seen
        ? [
            facts([
              ['Vraag', seen.question],
              ['Spanning', fromTo(seen.tensionBefore, seen.tensionAfter)],
              ['Waar in het lichaam', words(BODY_AREAS, seen.tensionAreas)],
              ['Adem', words(BREATH, seen.breath)],
              ['Gedachten', seen.thoughts],
              ['Voorwaarden (0–10)', conditions(seen.conditions)],
              ['Losgelaten', seen.letGo],
              ['Herstelsignalen', words(RECOVERY_SIGNALS, seen.recoverySignals)],
              ['Mee naar huis', seen.takeHome],
              ['Overgangsmomenten', words(MOMENTS, seen.transitionMoments)],
            ]),
          ]
        : []),
    ],
  };
}

function checkIn({ on, tension, remark, ...seen }: DossierCheckIn): Content {
  return {
    stack: [
      { text: dutchDay(on), style: 'item', headlineLevel: 2 },
      facts([
        ['Spanning (0–10)', tension === null ? undefined : String(tension)],
        ['Voorwaarden (0–10)', conditions(seen.conditions)],
        ['Stresssignalen', words(STRESS_SIGNALS, seen.stressSignals)],
        ['Herstelsignalen', words(RECOVERY_SIGNALS, seen.recoverySignals)],
        ['Opmerking', remark],
      ]),
    ],
  };
}

const NOT_SEEN = 'De tekst hoort niet bij dit dossier.';
const WITHHELD: Readonly<Record<string, string>> = {
  rights_of_others:
    'De tekst is niet meegegeven: de rechten van een ander staan daaraan in de weg (AVG art. 15 lid 4).',
  protection_of_client: 'De tekst is niet meegegeven, om jou te beschermen (UAVG art. 41).',
};

function note({ body, addenda, ...about }: DossierNote, moment: (at: string) => string): Content {
  const isStruck = about.enteredInErrorAt !== null;
  const signed =
    about.signedAt && `ondertekend op ${moment(about.signedAt)} door ${about.signedBy ?? 'de coach'}`;
  return {
    stack: [
      { text: moment(about.createdAt), style: 'item', headlineLevel: 2 },
      {
        text: [
          about.author,
          word(about.visibility),
          signed ?? 'concept',
          isStruck && word('entered_in_error'),
        ]
          .filter(Boolean)
          .join(', '),
        style: 'small',
      },
      body === null
        ? { text: about.withheld ? WITHHELD[about.withheld]! : NOT_SEEN, color: SOFT, italics: true }
        : { text: body, ...(isStruck && { decoration: 'lineThrough' as const }) },
      ...addenda.map((added): Content => ({
        margin: [12, 4, 0, 0],
        stack: [
          {
            text: `Later toegevoegd${added.signedAt ? ` op ${moment(added.signedAt)}` : ''}`,
            style: 'small',
          },
          { text: added.body },
        ],
      })),
    ],
  };
}

function logTable(logs: readonly DossierLog[]): ContentTable {
  const cell = (text: string): Content => ({ text, fontSize: 8.5 });
  return {
    margin: [0, 4, 0, 6],
    table: {
      headerRows: 1,
      widths: [56, 62, 36, 92, '*'],
      body: [
        ['Dag', 'Uitkomst', 'Minuten', 'Spanning', 'Herstelsignalen en opmerking'].map((text) => ({
          text,
          style: 'head',
        })),
        ...logs.map((log) => [
          cell(dutchDay(log.doneOn)),
          cell(word(log.outcome)),
          cell(log.minutes === null ? '' : String(log.minutes)),
          cell(fromTo(log.tensionBefore, log.tensionAfter)?.replace(' (0–10)', '') ?? ''),
          cell([words(RECOVERY_SIGNALS, log.recoverySignals), log.remark].filter(Boolean).join('. ')),
        ]),
      ],
    },
    layout: {
      hLineWidth: (i) => (i === 0 ? 0 : 0.5),
      vLineWidth: () => 0,
      hLineColor: () => LINE,
      paddingLeft: () => 0,
    },
  };
}
