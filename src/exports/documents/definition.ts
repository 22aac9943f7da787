import type { TDocumentDefinitions } from 'pdfmake/interfaces';
import { heading, page } from './look.js';
import type { PrintedDocument } from './printed.js';
import { tableContent } from './table.js';

/** A document as it is laid out. */
export function definitionOf(document: PrintedDocument): TDocumentDefinitions {
  return {
    ...page(document.title, document),
    pageOrientation: 'landscape',
    content: [heading(document.title, document.chosen), tableContent(document)],
  };
}
