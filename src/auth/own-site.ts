import type { FastifyRequest } from 'fastify';
import { isWebClient } from '../common/http/web-client.js';
import type { Settings } from '../config/settings.js';
import { crossSiteRequest } from './auth.errors.js';

const SAFE = ['GET', 'HEAD', 'OPTIONS'];

export const isSafe = ({ method }: FastifyRequest): boolean => SAFE.includes(method);

/**
 * That a request which lives by cookies was made by our own pages (OWASP, Cross-Site Request Forgery Prevention): it
 * carries the header of the web client, an origin that is ours, and no word of the browser that says otherwise.
 * @throws Problem 403 `cross-site-request`
 */
export function expectOwnSite(request: FastifyRequest, settings: Settings): void {
  const { origin } = request.headers;
  const isOurs = origin !== undefined && ownOrigins(request, settings).includes(origin);
  if (!isWebClient(request) || !isOurs || request.headers['sec-fetch-site'] === 'cross-site') {
    throw crossSiteRequest();
  }
}

/** Where pages of ours come from: here, the portal, and whom the configuration names. */
function ownOrigins({ protocol, host }: FastifyRequest, { portalUrl, corsOrigins }: Settings): string[] {
  return [`${protocol}://${host}`, new URL(portalUrl).origin, ...corsOrigins];
}
