import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { CurrentLanguage, CurrentPerson } from '../common/http/request.decorators.js';
import type { Language } from '../common/language.js';
import { ProcessingRegister } from './processing-register.dto.js';
import { RegisterService } from './register.service.js';

@ApiTags('Practice')
@Controller('v1/practice/processing-register')
@Roles('admin')
export class RegisterController {
  constructor(private readonly register: RegisterService) {}

  /** What the practice does with data, why, on which ground, and how long each field is kept (AVG art. 30). */
  @Get()
  read(@CurrentPerson() person: Person, @CurrentLanguage() language: Language): Promise<ProcessingRegister> {
    return this.register.read(person, language);
  }
}
