import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Settings } from '../config/settings.js';

export const DEVICE_COOKIE = '__Host-device';
export const DEVICE_SECONDS = 365 * 86_400;

const SHAPE = /^([\w-]{22})\.([\w-]{43})$/;

/**
 * A browser that once signed in to an account carries a mark of that, made for the account and good for no other
 * (OWASP, device cookies). It opens nothing: its attempts are merely counted apart from everybody else's.
 */
@Injectable()
export class DeviceMarks {
  constructor(private readonly settings: Settings) {}

  make(account: string): string {
    const device = randomBytes(16).toString('base64url');
    return `${device}.${this.sealOf(account, device)}`;
  }

  /** Which device a mark stands for; nothing when it was not made here for this account. */
  read(account: string, mark: string): string | undefined {
    const [, device, seal] = SHAPE.exec(mark) ?? [];
    if (!device || !seal) return undefined;
    return timingSafeEqual(Buffer.from(seal), Buffer.from(this.sealOf(account, device))) ? device : undefined;
  }

  private sealOf(account: string, device: string): string {
    const made = JSON.stringify(['device mark', account, device]);
    return createHmac('sha256', this.settings.throttlingKey).update(made).digest('base64url');
  }
}
