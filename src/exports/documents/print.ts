import { dirname, join } from 'node:path';
import pdfmake from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces';

const FONTS = join(dirname(require.resolve('pdfmake/package.json')), 'fonts', 'Roboto');

pdfmake.setFonts({
  Roboto: {
    normal: join(FONTS, 'Roboto-Regular.ttf'),
    bold: join(FONTS, 'Roboto-Medium.ttf'),
    italics: join(FONTS, 'Roboto-Italic.ttf'),
    bolditalics: join(FONTS, 'Roboto-MediumItalic.ttf'),
  },
});
// A document holds what people wrote: nothing in it may fetch an address or open another file.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => dirname(path) === FONTS);

/** The document as a PDF, in memory that can be handed over. */
export async function print(definition: TDocumentDefinitions): Promise<ArrayBuffer> {
  const bytes = await pdfmake.createPdf(definition).getBuffer();
  const whole = new ArrayBuffer(bytes.length);
  bytes.copy(Buffer.from(whole));
  return whole;
}
