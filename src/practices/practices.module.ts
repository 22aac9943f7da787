import { Module } from '@nestjs/common';
import { PracticesController } from './practices.controller.js';
import { PracticesService } from './practices.service.js';
import { VocabulariesController } from './vocabularies.controller.js';

@Module({
  controllers: [PracticesController, VocabulariesController],
  providers: [PracticesService],
  exports: [PracticesService],
})
export class PracticesModule {}
