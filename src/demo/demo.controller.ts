import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SignedIn } from '../access/index.js';
import type { DemoDto } from './demo.dto.js';
import { DemoService } from './demo.service.js';

@ApiTags('demo')
@Controller('demo')
export class DemoController {
  constructor(private readonly demo: DemoService) {}

  @Get()
  @SignedIn()
  async isDemo(): Promise<DemoDto> {
    return { demo: await this.demo.isLoaded() };
  }
}
