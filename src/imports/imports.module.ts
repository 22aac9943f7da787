import { Module } from '@nestjs/common';
import { PracticesModule } from '../practices/practices.module.js';
import { PrivacyModule } from '../privacy/privacy.module.js';
import { ImportCheck } from './import-check.js';
import { ImportContents } from './import-contents.js';
import { ImportExpiry } from './import-expiry.js';
import { ImportRunner } from './import-runner.js';
import { ImportsController } from './imports.controller.js';
import { ImportsService } from './imports.service.js';
import { ClientsImport } from './records/clients-import.js';
import { FileCiphers } from './records/file-ciphers.js';
import { NotesImport } from './records/notes-import.js';
import { SessionsImport } from './records/sessions-import.js';

@Module({
  imports: [PracticesModule, PrivacyModule],
  controllers: [ImportsController],
  providers: [
    ImportsService,
    ImportCheck,
    ImportContents,
    ImportRunner,
    ImportExpiry,
    FileCiphers,
    ClientsImport,
    SessionsImport,
    NotesImport,
  ],
})
export class ImportsModule {}
