import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { SessionFiles } from './session-files.js';

@Module({ imports: [ClientsModule], providers: [SessionFiles], exports: [SessionFiles] })
export class SessionsModule {}
