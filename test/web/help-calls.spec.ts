import { expect, it } from '@jest/globals';
import type { AssignmentDto } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../src/incidents/incidents.dto.js';
import { axeFaults, browserSuite, linkAbout, type Person, PHONE, rawKeys } from '../support/browser.js';
import { sendTeam, told } from '../support/orders.js';

const TEAM = 'T-331082-WR-1';
const PLACE = '坦头村桥头';

browserSuite('a call for help, from the phone to the desk and back', {}, (house) => {
  let desk: Person;
  let incident: IncidentDto;
  let assignment: AssignmentDto;

  /** A verified incident to which a unit has said yes; answers the link that its leader got. */
  const sendOut = async (placeText: string): Promise<string> => {
    ({ incident, assignment } = await sendTeam(desk.context, TEAM, {
      placeText,
      location: { lon: 121.14, lat: 28.86 },
    }));
    const link = await linkAbout(house.program, placeText); // an answer ends what is not handed over yet
    await told(desk.context, `/assignments/${assignment.id}/accept`, {});
    return link;
  };
  const hold = async ({ page }: Person, ms: number) => {
    const button = page.locator('.button.sos').first();
    await button.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await button.boundingBox())!;
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.waitForTimeout(ms);
    await page.mouse.up();
  };

  it('rings at the desk until it is taken up, tells the phone by whom, and ends with an outcome', async () => {
    desk = await house.browser.person('duty.331082');
    const phone = await house.browser.person(null, { viewport: PHONE, path: await sendOut(PLACE) });
    await phone.page.waitForSelector('.button.sos');
    await hold(phone, 2300);
    await phone.page.getByText('值班台已收到').waitFor();
    const { page } = desk;
    const banner = page.locator('.help-banner');
    await banner.waitFor();
    expect(await axeFaults(page)).toEqual([]);
    // Neither the key nor a button silences it.
    await page.locator('.strip.calling').waitFor();
    expect(await page.locator('.strip').getByText('已知').count()).toBe(0);
    await page.keyboard.press('a');
    await page.locator('.help-call-raised').waitFor();
    await phone.page.getByRole('button', { name: '被困，出不来' }).click();
    await page.locator('.help-call-words', { hasText: '被困，出不来' }).waitFor();
    // The log says the call once, and what was added as what it is.
    await page.locator('.log li', { hasText: '说：被困，出不来' }).waitFor();
    expect(await page.locator('.log li', { hasText: '呼救，无人接手' }).count()).toBe(1);
    await banner.getByRole('button', { name: '接手' }).click();
    await page.locator('.help-call-taken-up').waitFor();
    await banner.waitFor({ state: 'detached' });
    await phone.page.getByText('已接手').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect([...(await rawKeys(page)), ...(await rawKeys(phone.page))]).toEqual([]);
    await page.locator('.help-call-end select').selectOption('safe');
    await page.locator('.help-call-end input').fill('队长电话确认已上岸');
    await page.getByRole('button', { name: '结束呼救' }).click();
    await page.locator('.help-call').waitFor({ state: 'detached' });
    await phone.page.getByText('上次呼救已结束：已脱险').waitFor();
    await page.getByRole('tab', { name: '时间线' }).click();
    for (const words of ['呼救结束', '接手呼救', '呼救补充'])
      await page.locator('.timeline li', { hasText: words }).first().waitFor();
  });

  it('is made from the signed-in page too, and two desks see who was quicker', async () => {
    desk = await house.browser.person('duty.331082');
    await sendOut('河东岸');
    const phone = await house.browser.person(`leader.${TEAM}`, { viewport: PHONE, path: '/phone.html' });
    const above = await house.browser.person('duty.331000', { locale: 'en' });
    await phone.page.locator('.assignment .button.sos').first().waitFor();
    await hold(phone, 2300);
    await above.page.locator('.help-banner').waitFor();
    await desk.page.locator('.help-banner').getByRole('button', { name: '接手' }).click();
    await above.page.locator('.help-banner').waitFor({ state: 'detached' });
    await above.page.locator('.toast', { hasText: 'has taken up the call of' }).waitFor();
    await desk.page.locator('.help-call-taken-up').waitFor(); // the taker is led to it, and to the number to call
    await phone.page.getByText('已接手').first().waitFor();
    await above.page.goto(`/#/incidents/${incident.id}`);
    await above.page.locator('.help-call-taken-up', { hasText: 'taken up by' }).waitFor();
    expect(await rawKeys(above.page)).toEqual([]);
    expect(await axeFaults(phone.page)).toEqual([]);
  });
});
