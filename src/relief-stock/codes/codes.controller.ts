import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type Actor, Anyone, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import { notFound } from '../../shared/problem.js';
import { type AddGtin, addGtin, type ScanCode, scanCode } from './codes.dto.js';
import { GtinService } from './gtin.service.js';
import { ScanService } from './scan.service.js';

@ApiTags('stock')
@Controller()
export class CodesController {
  constructor(
    private readonly scans: ScanService,
    private readonly gtins: GtinService,
  ) {}

  /** Changes nothing: a POST, because what is scanned is too long and too private for an address. */
  @Post('stock/scans')
  @SignedIn()
  @HttpCode(200)
  scan(@CurrentActor() actor: Actor, @Body({ schema: scanCode }) body: ScanCode) {
    return this.scans.scan(actor, body);
  }

  @Get('items/:id/gtins')
  @SignedIn()
  list(@Param('id', { schema: id }) itemId: string) {
    return this.gtins.gtins(itemId);
  }

  @Post('items/:id/gtins')
  @MayDo('stock.catalogue')
  add(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) itemId: string,
    @Body({ schema: addGtin }) body: AddGtin,
  ) {
    return this.gtins.addGtin(actor, itemId, body);
  }

  /** Where a phone's camera lands that read one of our codes: the console, which asks the server what it is. Tells nothing by itself. */
  @Get('s/:code')
  @Anyone()
  open(@Param('code') code: string, @Res() response: Response): void {
    if (!/^[0-9a-z]{28}$/i.test(code)) throw notFound('scan', code.slice(0, 80));
    response.redirect(302, `../#/scan/${code.toUpperCase()}`);
  }
}
