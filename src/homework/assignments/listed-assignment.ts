import type { FileCipher } from '../../common/cipher/file-cipher.js';
import type { JsonText } from '../../common/json-text.js';
import { remarkOf } from '../logs/log.queries.js';
import type { ListedAssignment, SharedOfAssignment, SharedRemark } from './assignment.dto.js';

/** A remark in base64, with the version that it was sealed for. */
interface SealedRemark extends Omit<SharedRemark, 'remark'> {
  readonly remark: string;
  readonly version: number;
}

/** An assignment of a list as the database tells it; what the client wrote is still sealed. */
export interface SealedListed extends Omit<ListedAssignment, 'shared'> {
  readonly shared?: Omit<SharedOfAssignment, 'remarks'> & { readonly remarks: readonly SealedRemark[] };
}

/** @param file opens the remarks that are shared with who reads; without any it is left alone */
export function openListed(
  listed: JsonText<SealedListed>,
  file: () => FileCipher,
): JsonText<ListedAssignment> {
  const { shared } = listed.read();
  if (!shared || shared.remarks.length === 0) return listed as JsonText<ListedAssignment>;
  const remarks = shared.remarks.map(({ remark, version, ...of }) => ({
    ...of,
    remark: file().open(remarkOf(of.logId, version), Buffer.from(remark, 'base64')),
  }));
  return (listed as JsonText<ListedAssignment>).replacing({ shared: { ...shared, remarks } });
}
