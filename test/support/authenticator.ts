import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';

/** What a test may get wrong on purpose. */
export interface Ceremony {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  /** Whether the device asked who holds it. */
  readonly userVerified?: boolean;
  readonly userHandle?: string;
  readonly count?: number;
  readonly type?: string;
}

const base64 = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest();

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const ATTESTED = 0x40;

/** CBOR (RFC 8949) of the few things that WebAuthn needs: whole numbers, texts, bytes and maps. */
function cbor(value: number | string | Buffer | Map<number | string, unknown>): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const pairs = [...value].flatMap(([key, inner]) => [cbor(key), cbor(inner as Parameters<typeof cbor>[0])]);
  return Buffer.concat([head(5, value.size), ...pairs]);
}

function head(major: number, size: number): Buffer {
  if (size < 24) return Buffer.of((major << 5) | size);
  if (size < 256) return Buffer.of((major << 5) | 24, size);
  return Buffer.of((major << 5) | 25, size >> 8, size & 255);
}

/** An authenticator in software, with one passkey (ES256, attestation `none`), that signs whatever it is told to. */
export class Authenticator {
  readonly credentialId = randomBytes(32);
  private readonly privateKey: KeyObject;
  private readonly publicKey: KeyObject;
  private count = 0;
  private handle = '';

  constructor(
    private readonly origin = 'https://portal.example',
    private readonly rpId = 'portal.example',
  ) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /** `navigator.credentials.create()` */
  create(options: { challenge: string; user: { id: string } }, given: Ceremony = {}) {
    this.handle = options.user.id;
    const attested = Buffer.concat([
      Buffer.alloc(16),
      Buffer.of(0, this.credentialId.length),
      this.credentialId,
      this.coseKey(),
    ]);
    const authData = Buffer.concat([this.authenticatorData(given, ATTESTED), attested]);
    const attestationObject = cbor(
      new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]),
    );
    return {
      ...this.named(),
      response: {
        clientDataJSON: base64(this.clientData('webauthn.create', options.challenge, given)),
        attestationObject: base64(attestationObject),
        transports: ['internal'],
      },
    };
  }

  /** `navigator.credentials.get()` */
  get(options: { challenge: string }, given: Ceremony = {}) {
    this.count = given.count ?? this.count;
    const authenticatorData = this.authenticatorData(given, 0);
    const clientData = this.clientData('webauthn.get', options.challenge, given);
    const signature = createSign('sha256')
      .update(Buffer.concat([authenticatorData, sha256(clientData)]))
      .sign(this.privateKey);
    return {
      ...this.named(),
      response: {
        clientDataJSON: base64(clientData),
        authenticatorData: base64(authenticatorData),
        signature: base64(signature),
        userHandle: given.userHandle ?? this.handle,
      },
    };
  }

  private named() {
    const id = base64(this.credentialId);
    return {
      id,
      rawId: id,
      type: 'public-key',
      authenticatorAttachment: 'platform',
      clientExtensionResults: {},
    };
  }

  private clientData(type: string, challenge: string, given: Ceremony): Buffer {
    return Buffer.from(
      JSON.stringify({
        type: given.type ?? type,
        challenge: given.challenge ?? challenge,
        origin: given.origin ?? this.origin,
        crossOrigin: false,
      }),
    );
  }

  private authenticatorData({ rpId, userVerified = true }: Ceremony, more: number): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.count);
    const flags = USER_PRESENT | (userVerified ? USER_VERIFIED : 0) | more;
    return Buffer.concat([sha256(rpId ?? this.rpId), Buffer.of(flags), count]);
  }

  /** kty EC2, alg ES256, crv P-256 (RFC 9053). */
  private coseKey(): Buffer {
    const { x, y } = this.publicKey.export({ format: 'jwk' });
    return cbor(
      new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x!, 'base64url')],
        [-3, Buffer.from(y!, 'base64url')],
      ]),
    );
  }
}
