import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  type PipeTransform,
  Post,
  Query,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Person } from '../common/actor.js';
import { OpenToKeys, Roles, StepUp } from '../common/http/access.decorators.js';
import { CreatedAt } from '../common/http/created.interceptor.js';
import { IdParam } from '../common/http/id-param.js';
import { CurrentLanguage, CurrentPerson, IfMatch } from '../common/http/request.decorators.js';
import type { Language } from '../common/language.js';
import { PageQuery } from '../common/page.dto.js';
import { notFound } from '../common/problems.js';
import { ExportManifest, ExportPage, ExportView, RequestExport, StreamQuery } from './export.dto.js';
import { exportView, fileOf, manifestView, partOf } from './export.view.js';
import { ROW_KINDS, type RowKind } from './records/record-kinds.js';
import { ExportApprovals } from './export-approvals.js';
import { ExportProgress } from './export-progress.js';
import { AnswersCsv, AnswersEvents, AnswersExportFile, AnswersNothingMade } from './export-responses.js';
import { ExportStreamsService } from './export-streams.service.js';
import { ExportsService } from './exports.service.js';

const knownRecords: PipeTransform<string, RowKind> = {
  transform(value) {
    const records = ROW_KINDS.find((kind) => kind === value);
    if (!records) throw notFound();
    return records;
  },
};

@ApiTags('Exports')
@Controller('v1/exports')
@Roles('admin')
export class ExportsController {
  constructor(
    private readonly exports: ExportsService,
    private readonly streams: ExportStreamsService,
    private readonly approvals: ExportApprovals,
    private readonly progress: ExportProgress,
  ) {}

  /** All that left the practice, newest first, whoever asked for it; a coach sees what asks, or asked, for their approval. */
  @Get()
  @Roles('admin', 'coach')
  async list(
    @CurrentPerson() person: Person,
    @CurrentLanguage() language: Language,
    @Query() query: PageQuery,
  ): Promise<ExportPage> {
    const page = await this.exports.list(person, query);
    return { ...page, items: page.items.map((copy) => exportView(copy, language)) };
  }

  /**
   * Asks for a copy of records; follow it until it is `ready`, then fetch its file. With the texts of notes it is
   * `awaiting_approval` until each coach whose files they are of has approved. A coach asks for the `dossier` of a
   * client of their own, and for nothing else; it holds what they see.
   */
  @Post()
  @Roles('admin', 'coach')
  @StepUp()
  @CreatedAt('/v1/exports')
  async request(
    @CurrentPerson() person: Person,
    @CurrentLanguage() language: Language,
    @Body() input: RequestExport,
  ): Promise<ExportView> {
    return exportView(await this.exports.request(person, input), language);
  }

  /** Records as CSV straight through, for scripts, which call with a key; recorded as an export all the same. */
  @Get('stream/:records.csv')
  @StepUp()
  @OpenToKeys('exports:read')
  @AnswersCsv()
  async stream(
    @CurrentPerson() person: Person,
    @Param('records', knownRecords) records: RowKind,
    @Query() query: StreamQuery,
  ): Promise<StreamableFile> {
    return fileOf(await this.streams.stream(person, records, query));
  }

  /** What is asked, why and by whom, how far it is, and what it came to. */
  @Get(':id')
  @Roles('admin', 'coach')
  async read(
    @CurrentPerson() person: Person,
    @CurrentLanguage() language: Language,
    @IdParam() id: string,
  ): Promise<ExportView> {
    return exportView(await this.exports.read(person, id), language);
  }

  /** The same, told as it goes (server-sent events), until nothing more comes. */
  @Get(':id/events')
  @Roles('admin', 'coach')
  @AnswersEvents()
  async follow(
    @CurrentPerson() person: Person,
    @CurrentLanguage() language: Language,
    @IdParam() id: string,
  ): Promise<StreamableFile> {
    const events = await this.progress.follow(person, id, language);
    return new StreamableFile(events, { type: 'text/event-stream; charset=utf-8' });
  }

  /** Cancels an export that is not done, or removes its file; that it was asked for stays on record. */
  @Delete(':id')
  @HttpCode(204)
  @Roles('admin', 'coach')
  async remove(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @IfMatch() version?: number,
  ): Promise<void> {
    await this.exports.remove(person, id, version);
  }

  /** Lets the texts of your clients' files leave in this export; it is made when every coach concerned has approved. */
  @Post(':id/approval')
  @HttpCode(200)
  @Roles('coach')
  @StepUp()
  async approve(
    @CurrentPerson() person: Person,
    @CurrentLanguage() language: Language,
    @IdParam() id: string,
  ): Promise<ExportView> {
    return exportView(await this.approvals.decide(person, id, 'approved'), language);
  }

  /** Keeps the texts of your clients' files where they are: the export is not made. */
  @Post(':id/refusal')
  @HttpCode(200)
  @Roles('coach')
  @StepUp()
  async refuse(
    @CurrentPerson() person: Person,
    @CurrentLanguage() language: Language,
    @IdParam() id: string,
  ): Promise<ExportView> {
    return exportView(await this.approvals.decide(person, id, 'refused'), language);
  }

  /** What goes beside its file: what it holds, why it was made, its size and its SHA-256; also when the file is gone. */
  @Get(':id/manifest')
  @Roles('admin', 'coach')
  @AnswersNothingMade()
  async manifest(@CurrentPerson() person: Person, @IdParam() id: string): Promise<ExportManifest> {
    return manifestView(await this.exports.manifest(person, id));
  }

  /** The file, or with `Range` a part of it, for who asked for it, for seven days. */
  @Get(':id/file')
  @Roles('admin', 'coach')
  @StepUp()
  @AnswersExportFile()
  async download(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Headers('range') range: string | undefined,
    @Headers('if-range') ifRange: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return partOf(await this.exports.download(person, id, { range, 'if-range': ifRange }), reply);
  }
}
