import { Controller, Delete, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Person } from '../common/actor.js';
import { Roles, StepUp } from '../common/http/access.decorators.js';
import { CreatedAt } from '../common/http/created.interceptor.js';
import { IdParam } from '../common/http/id-param.js';
import { IMPORT_ROUTE, importIn } from '../common/http/import-body.js';
import { CurrentLanguage, CurrentPerson, IfMatch } from '../common/http/request.decorators.js';
import type { Language } from '../common/language.js';
import { PageQuery } from '../common/page.dto.js';
import { ImportPage, ImportQuery, ImportView } from './import.dto.js';
import { unreadImportType } from './import.errors.js';
import { importSummary, importView } from './import.view.js';
import { TakesRecords } from './import-responses.js';
import { ImportsService } from './imports.service.js';

@ApiTags('Imports')
@Controller(IMPORT_ROUTE)
@Roles('admin')
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  /** Every file that was brought, newest first, and how that ended. */
  @Get()
  async list(
    @CurrentPerson() person: Person,
    @CurrentLanguage() language: Language,
    @Query() query: PageQuery,
  ): Promise<ImportPage> {
    const page = await this.imports.list(person, query);
    return { ...page, items: page.items.map((one) => importSummary(one, language)) };
  }

  /**
   * Takes in a file with clients, sessions or notes, as CSV or as an export of another installation in JSON, and tells all that
   * is wrong with it at once. Nothing is on file yet: that is for `start`, and only where every row is right.
   */
  @Post()
  @StepUp()
  @TakesRecords()
  @CreatedAt(`/${IMPORT_ROUTE}`)
  async bring(
    @CurrentPerson() person: Person,
    @CurrentLanguage() language: Language,
    @Query() query: ImportQuery,
    @Req() request: FastifyRequest,
  ): Promise<ImportView> {
    const file = importIn(request);
    if (!file) throw unreadImportType();
    return importView(await this.imports.bring(person, file.content, file.format, query), language);
  }

  /** What is in the file, what is wrong with it, and how far it is; never what a row says. */
  @Get(':id')
  async read(
    @CurrentPerson() person: Person,
    @CurrentLanguage() language: Language,
    @IdParam() id: string,
  ): Promise<ImportView> {
    return importView(await this.imports.read(person, id), language);
  }

  /** Brings in a file that was checked: all of it, or nothing. Follow it until it is `done`. */
  @Post(':id/start')
  @HttpCode(200)
  @StepUp()
  async start(
    @CurrentPerson() person: Person,
    @CurrentLanguage() language: Language,
    @IdParam() id: string,
    @IfMatch() version?: number,
  ): Promise<ImportView> {
    return importView(await this.imports.start(person, id, version), language);
  }

  /** Throws away a file that was not brought in. */
  @Delete(':id')
  @HttpCode(204)
  async cancel(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @IfMatch() version?: number,
  ): Promise<void> {
    await this.imports.cancel(person, id, version);
  }
}
