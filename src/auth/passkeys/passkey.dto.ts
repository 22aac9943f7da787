import {
  AnyObject,
  Base64Url,
  Code,
  Flag,
  Id,
  Instant,
  Line,
  Optional,
  Part,
  Parts,
  Texts,
  WholeNumber,
} from '../../common/fields.js';
import { RECOVERY_CODE_LENGTH, RECOVERY_CODES } from '../second-factor/recovery-codes.js';

export const MOST_PASSKEYS = 20;

const PUBLIC_KEY = ['public-key'] as const;

class PublicKeyCredential {
  @Base64Url(1400)
  id: string;

  @Base64Url(1400)
  rawId: string;

  @Code(PUBLIC_KEY)
  type: 'public-key';

  @Optional()
  @Code(['platform', 'cross-platform'])
  authenticatorAttachment?: 'platform' | 'cross-platform';

  /** Read by nobody. */
  @Optional()
  @AnyObject()
  clientExtensionResults?: object;
}

export class AttestationAnswer {
  @Base64Url(4000)
  clientDataJSON: string;

  @Base64Url(12_000)
  attestationObject: string;

  @Optional()
  @Base64Url(6000)
  authenticatorData?: string;

  @Optional()
  @Base64Url(6000)
  publicKey?: string;

  @Optional()
  @WholeNumber(-65_535, 65_535)
  publicKeyAlgorithm?: number;

  @Optional()
  @Texts(10, 32)
  transports?: string[];
}

/** What `navigator.credentials.create()` gives, as `toJSON()` tells it. */
export class PasskeyAttestation extends PublicKeyCredential {
  @Part(() => AttestationAnswer)
  response: AttestationAnswer;
}

export class AssertionAnswer {
  @Base64Url(4000)
  clientDataJSON: string;

  @Base64Url(6000)
  authenticatorData: string;

  @Base64Url(2000)
  signature: string;

  /** Whose it is; without a password it is needed. */
  @Optional()
  @Base64Url(88)
  userHandle?: string;
}

/** What `navigator.credentials.get()` gives, as `toJSON()` tells it. */
export class PasskeyAssertion extends PublicKeyCredential {
  @Part(() => AssertionAnswer)
  response: AssertionAnswer;
}

export class AddPasskey {
  /** What you call it. */
  @Line(60, { example: 'Telefoon' })
  name: string;

  @Part(() => PasskeyAttestation)
  credential: PasskeyAttestation;
}

export class RenamePasskey {
  @Line(60, { example: 'Laptop op kantoor' })
  name: string;
}

export class SignInWithPasskey {
  @Part(() => PasskeyAssertion)
  credential: PasskeyAssertion;
}

export class PasskeyView {
  @Id()
  id: string;

  @Line(60, { example: 'Telefoon' })
  name: string;

  /** Whether it is kept in a cloud, and so outlives the device. */
  @Flag()
  synced: boolean;

  @Instant()
  createdAt: string;

  @Instant()
  lastUsedAt?: string;
}

export class AddedPasskeyView extends PasskeyView {
  /** Where it is the first second factor: each works once, and they are not shown again. */
  @Optional()
  @Texts(RECOVERY_CODES, RECOVERY_CODE_LENGTH, { example: ['7KQ2-M9XC-0V4T-HJ8R-3WNB-5DEA'] })
  recoveryCodes?: string[];
}

export class PasskeyList {
  @Parts(() => PasskeyView, MOST_PASSKEYS)
  items: PasskeyView[];
}

class RelyingPartyView {
  @Line(253, { example: 'portal.adem-en-rust.example' })
  id: string;

  @Line(120, { example: 'Adem & Rust' })
  name: string;
}

class PasskeyUserView {
  /** Practice and user, base64url. */
  @Base64Url(88)
  id: string;

  @Line(254)
  name: string;

  @Line(120)
  displayName: string;
}

class KeyKind {
  @Code(PUBLIC_KEY)
  type: 'public-key';

  /** COSE algorithm: -8 EdDSA, -7 ES256, -257 RS256. */
  @WholeNumber(-65_535, 0)
  alg: number;
}

class KnownCredential {
  @Code(PUBLIC_KEY)
  type: 'public-key';

  @Base64Url(1400)
  id: string;
}

class AuthenticatorSelection {
  @Code(['required'])
  residentKey: 'required';

  @Flag()
  requireResidentKey: boolean;

  @Code(['required'])
  userVerification: 'required';
}

/** For `navigator.credentials.create()`, by `parseCreationOptionsFromJSON()`. */
export class PasskeyCreationOptions {
  @Base64Url(88)
  challenge: string;

  @Part(() => RelyingPartyView)
  rp: RelyingPartyView;

  @Part(() => PasskeyUserView)
  user: PasskeyUserView;

  @Parts(() => KeyKind, 3)
  pubKeyCredParams: KeyKind[];

  @Parts(() => KnownCredential, MOST_PASSKEYS)
  excludeCredentials: KnownCredential[];

  @Part(() => AuthenticatorSelection)
  authenticatorSelection: AuthenticatorSelection;

  @Code(['none'])
  attestation: 'none';

  /** Milliseconds. */
  @WholeNumber(1, 600_000)
  timeout: number;
}

/** For `navigator.credentials.get()`, by `parseRequestOptionsFromJSON()`. */
export class PasskeyRequestOptions {
  @Base64Url(88)
  challenge: string;

  @Line(253, { example: 'portal.adem-en-rust.example' })
  rpId: string;

  @Code(['required'])
  userVerification: 'required';

  /** Milliseconds. */
  @WholeNumber(1, 600_000)
  timeout: number;
}
