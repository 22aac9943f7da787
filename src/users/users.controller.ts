import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles, StepUp } from '../common/http/access.decorators.js';
import { CreatedAt } from '../common/http/created.interceptor.js';
import { IdParam } from '../common/http/id-param.js';
import { CurrentPerson, IfMatch } from '../common/http/request.decorators.js';
import { Throttled } from '../throttling/throttled.decorator.js';
import { AddUser, ChangeUser, UserPage, UserQuery, UserView } from './user.dto.js';
import { userView } from './user.view.js';
import { UsersService } from './users.service.js';

@ApiTags('Users')
@Controller('v1/users')
@Roles('admin')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  /** The people who sign in to this practice. */
  @Get()
  async list(@CurrentPerson() person: Person, @Query() query: UserQuery): Promise<UserPage> {
    const page = await this.users.list(person, query);
    return { ...page, items: page.items.map(userView) };
  }

  /** Adds a coach or an admin and mails them an invitation. */
  @Post()
  @StepUp()
  @CreatedAt('/v1/users')
  async add(@CurrentPerson() person: Person, @Body() input: AddUser): Promise<UserView> {
    return userView(await this.users.add(person, input));
  }

  /** One user. */
  @Get(':id')
  async read(@CurrentPerson() person: Person, @IdParam() id: string): Promise<UserView> {
    return userView(await this.users.read(person, id));
  }

  /** Changes name, language or roles; new roles act on the user's next request. */
  @Patch(':id')
  @StepUp()
  async change(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: ChangeUser,
    @IfMatch() version?: number,
  ): Promise<UserView> {
    return userView(await this.users.change(person, id, input, version));
  }

  /** Mails the invitation again to a user who has not signed in yet. */
  @Post(':id/invitation')
  @HttpCode(200)
  @Throttled('invite', 'id')
  async invite(@CurrentPerson() person: Person, @IdParam() id: string): Promise<UserView> {
    return userView(await this.users.invite(person, id));
  }

  /** Lets a user in no more; ends all their logins. */
  @Post(':id/disabling')
  @StepUp()
  @HttpCode(200)
  async disable(@CurrentPerson() person: Person, @IdParam() id: string): Promise<UserView> {
    return userView(await this.users.disable(person, id));
  }

  /** Lets a disabled user in again. */
  @Post(':id/enabling')
  @StepUp()
  @HttpCode(200)
  async enable(@CurrentPerson() person: Person, @IdParam() id: string): Promise<UserView> {
    return userView(await this.users.enable(person, id));
  }
}
