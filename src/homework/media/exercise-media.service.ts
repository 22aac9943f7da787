import type { Readable } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { ownFile } from '../../clients/client-files.js';
import type { Person } from '../../common/actor.js';
import type { Span } from '../../common/cipher/chunk-cipher.js';
import { Clock } from '../../common/clock.js';
import { rangeOf } from '../../common/http/byte-range.js';
import { newId } from '../../common/id.js';
import { notFound } from '../../common/problems.js';
import { Settings } from '../../config/settings.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import { ExerciseMedium } from './exercise-medium.entity.js';
import { mediumIsLost, mediumTooLarge } from './exercise-medium.errors.js';
import { mediumGivenBy } from './exercise-medium.queries.js';
import { MediaFiles } from './media-files.js';

/** What a player asks for: all of it, or a part. */
export interface PartWanted {
  readonly range?: string | undefined;
  readonly 'if-range'?: string | undefined;
}

/** A recording, or the part of it that was asked for, on its way out. */
export interface Playing {
  readonly medium: ExerciseMedium;
  readonly content: Readable;
  readonly span?: Span;
}

/** Recordings that a practice uploads for its exercises, and who may play them. */
@Injectable()
export class ExerciseMediaService {
  private readonly logger = new Logger(ExerciseMediaService.name);

  constructor(
    private readonly tenant: Tenant,
    private readonly files: MediaFiles,
    private readonly settings: Settings,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes in a recording. The file is whole and on disk before its row is written, so that there is no row without its
   * file; a file that no row came to name is swept away later.
   * @param announced how many bytes are to come, where the sender says so
   */
  async upload(person: Person, source: Readable, announced: number): Promise<ExerciseMedium> {
    if (announced > this.settings.mediaLargestBytes) throw mediumTooLarge(this.settings.mediaLargestBytes);
    const { practiceId, userId, repeat } = person;
    const uploadedAt = this.clock.now();
    const id = newId(uploadedAt);
    const { sha256, ...received } = await this.files.receive({ practiceId, id }, source);
    // A repeat is the same when its file is.
    const sender = repeat ? { ...person, repeat: { ...repeat, fingerprint: sha256 } } : person;
    const medium = await this.tenant.once(
      sender,
      async (tx) => {
        await tx.manager.insert(ExerciseMedium, {
          practiceId,
          id,
          ...received,
          uploadedBy: userId,
          uploadedAt,
        });
        this.audit.record(tx, { event: 'exercise_medium.uploaded', ...about(id) });
        return this.load(tx, id);
      },
      (tx, made) => this.load(tx, made),
    );
    if (medium.id !== id) await this.files.remove({ practiceId, id });
    return medium;
  }

  async read(person: Person, id: string): Promise<ExerciseMedium> {
    const medium = await this.tenant.read(person, (tx) => this.load(tx, id));
    await this.audit.witness(person, { event: 'exercise_medium.read', ...about(id) });
    return medium;
  }

  /** For coach and admin, whatever exercise it belongs to. */
  async play(person: Person, id: string, wanted: PartWanted): Promise<Playing> {
    const medium = await this.tenant.read(person, (tx) => this.load(tx, id));
    const playing = await this.open(medium, wanted);
    await this.told(playing, person, about(id));
    return playing;
  }

  /** For a client, by what they were given: the recording of the version that an assignment of theirs gives. */
  async playOwn(person: Person, assignmentId: string, wanted: PartWanted): Promise<Playing> {
    const scope = ownFile(person);
    const medium = await this.tenant.read(person, (tx) => mediumGivenBy(tx, scope, assignmentId));
    if (!medium) throw notFound();
    const playing = await this.open(medium, wanted);
    await this.told(playing, person, {
      clientId: scope.clientId,
      objectType: 'assignment',
      objectId: assignmentId,
    });
    return playing;
  }

  private async open(medium: ExerciseMedium, wanted: PartWanted): Promise<Playing> {
    const { practiceId, id, bytes } = medium;
    const span = rangeOf(wanted, bytes, tagOf(medium));
    const content = await this.files.read(medium, span ?? { from: 0, until: bytes });
    if (!content) {
      this.logger.error({ msg: 'the file of a medium is not there', practice: practiceId, medium: id });
      throw mediumIsLost();
    }
    return { medium, content, ...(span && { span }) };
  }

  /** Nothing leaves before it is written down that it does. */
  private async told(
    { content }: Playing,
    person: Person,
    object: { clientId?: string; objectType: string; objectId: string },
  ): Promise<void> {
    await this.audit
      .witness(person, { event: 'exercise_medium.played', ...object })
      .catch((error: unknown) => {
        content.destroy();
        throw error;
      });
  }

  private async load(tx: Tx, id: string): Promise<ExerciseMedium> {
    const medium = await tx.manager.findOneBy(ExerciseMedium, { practiceId: tx.practiceId, id });
    if (!medium) throw notFound();
    return medium;
  }
}

/** What a file of an id holds never changes. */
export const tagOf = ({ id }: Pick<ExerciseMedium, 'id'>): string => `"${id}"`;

const about = (id: string) => ({ objectType: 'exercise_medium', objectId: id });
