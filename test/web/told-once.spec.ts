import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { axeFaults, browserSuite, drawn, linkAbout, PHONE, rawKeys, TABLET } from '../support/browser.js';

const KEEPER = 'keeper.WH-331000-1';

browserSuite('what people are told', {}, (house) => {
  it('is, before a team is sent, the very message that its leader gets', async () => {
    const place = '临海市杜桥镇示范水闸';
    const { page } = await house.browser.person('duty.331000');
    await page.keyboard.press('n');
    await drawn(page);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.insertText(place);
    await page.keyboard.press('Tab');
    await page.keyboard.press('7');
    await page.keyboard.press('Enter');
    const strip = page.locator('.incident-strip');
    await strip.getByText(place).waitFor();
    // Title and line below it: kind and place stand there once.
    expect((await strip.locator('.incident-title').innerText()).split(place)).toHaveLength(2);
    await page.keyboard.press('d');
    await page.getByRole('button', { name: '核实，接着派遣' }).click();
    await page.locator('.proposal .line').first().waitFor();
    const preview = (await page.locator('[data-preview]').innerText()).trim();
    expect(preview).toContain(place);
    await page.getByRole('button', { name: '按全部建议派出' }).click();
    await page.locator('.dispatch-dialog').waitFor({ state: 'detached' });
    await linkAbout(house.program, place);
    const lines = readFileSync(join(house.program.home, 'outbox', 'sms.log'), 'utf8').split('\n');
    const [, , , sent] = lines.find((line) => line.includes(place))!.split('\t');
    expect(sent!.replace(/https?:\/\/\S+/, '【各人的链接】')).toBe(preview);
  }, 60_000);

  it.each(['drills/new', 'plans/new'])('is who may, where a form would be refused: %s', async (path) => {
    const { page } = await house.browser.person('auditor.330000', { path: `/#/${path}` });
    await page.locator('[data-not-yours]').waitFor();
    expect(await page.locator('form, input, textarea').count()).toBe(0);
    expect([...(await axeFaults(page)), ...(await rawKeys(page))]).toEqual([]);
    const lead = await house.browser.person('lead.330000', { path: `/#/${path}` });
    await lead.page.locator('form').waitFor();
  });

  it('is no code of ours in the ledger', async () => {
    for (const viewport of [TABLET, PHONE]) {
      const { page } = await house.browser.person(KEEPER, { path: '/#/keeper/ledger', viewport });
      await page.locator('.paper-row').first().waitFor();
      const rows = await page.locator('.paper-row', { hasText: '期初' }).allInnerTexts();
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.filter((row) => row.includes('opening'))).toEqual([]);
    }
  });
});
