import type { TDocumentDefinitions } from 'pdfmake/interfaces';
import { dossierContent } from './dossier.js';
import { heading, page } from './look.js';
import type { PrintedDocument } from './printed.js';
import { tableContent } from './table.js';

/** A document as it is laid out. */
export function definitionOf(document: PrintedDocument): TDocumentDefinitions {
  if (document.kind === 'dossier') {
    const title = `Dossier van ${document.parts.client[0]?.name ?? 'een cliënt'}`;
    const made = `Gemaakt door ${document.madeBy} op ${document.madeAt}. Doel: ${document.purpose}`;
    return { ...page(title, document), content: [heading(title, [made]), ...dossierContent(document)] };
  }
  return {
    ...page(document.title, document),
    pageOrientation: 'landscape',
    content: [heading(document.title, document.chosen), tableContent(document)],
  };
}
