import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings.js';

/** Whom a passkey is for: the portal, by its host name and its origin. One made for another site signs nothing here. */
@Injectable()
export class RelyingParty {
  readonly id: string;
  readonly origin: string;

  constructor({ portalUrl }: Settings) {
    const { hostname, origin } = new URL(portalUrl);
    this.id = hostname;
    this.origin = origin;
  }
}
