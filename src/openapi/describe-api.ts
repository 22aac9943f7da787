import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { completeOperation } from './complete-operation.js';
import { headerSchemas } from './header-schemas.js';
import { problemSchemas } from './problem-schemas.js';
import { strict } from './strict-schema.js';
import { API_DESCRIPTION, TAGS } from './texts.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The OpenAPI 3.1 document, out of the controllers and their classes. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const document = SwaggerModule.createDocument(app, heading(), { operationIdFactory: operationId });
  document.components!.schemas = strict({ ...document.components?.schemas, ...problemSchemas() });
  document.components!.headers = headerSchemas();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation) item[method] = strict(completeOperation(path, method, operation));
    }
  }
  return document;
}

function heading(): Omit<OpenAPIObject, 'paths'> {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Ademruimte')
    .setDescription(API_DESCRIPTION)
    .setVersion('1.0.0')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'Local or production: the server that this document came from')
    .addBearerAuth(
      {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'The access token of a login (RFC8725).',
      },
      'accessToken',
    )
    .addBearerAuth(
      {
        type: 'http',
        scheme: 'bearer',
        description:
          'A key that an admin made for a script, at the routes that name its scope in `x-key-scope` (RFC8725 does not apply: it is opaque).',
      },
      'scriptKey',
    )
    .addCookieAuth(
      '__Host-access',
      {
        type: 'apiKey',
        in: 'cookie',
        description:
          'The same token in a cookie, for the web client: a request that signs in, or changes something, sends ' +
          '`X-Web-Client: 1` from an origin that is known.',
      },
      'accessCookie',
    );
  for (const [name, description] of Object.entries(TAGS)) builder.addTag(name, description);
  const document = builder.build();
  document.info.contact = { name: 'Ademruimte' };
  Object.assign(document.servers![0]!, { 'x-internal': false });
  return document;
}

/** `ClientsController.read` is `readClients`: unique, and readable in a generated client. */
function operationId(controller: string, method: string): string {
  return `${method}${controller.replace(/Controller$/, '')}`;
}
