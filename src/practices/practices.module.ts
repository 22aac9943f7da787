import { Module } from '@nestjs/common';
import { PracticeKeys } from './practice-keys.js';
import { PracticeSlugs } from './practice-slugs.js';
import { PracticesController } from './practices.controller.js';
import { PracticesService } from './practices.service.js';
import { VocabulariesController } from './vocabularies.controller.js';

@Module({
  controllers: [PracticesController, VocabulariesController],
  providers: [PracticeKeys, PracticesService, PracticeSlugs],
  exports: [PracticeKeys, PracticesService, PracticeSlugs],
})
export class PracticesModule {}
