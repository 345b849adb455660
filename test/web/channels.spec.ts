import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { axeFaults, browserSuite, chooseWith, PHONE } from '../support/browser.js';
import { tooWide } from '../support/looks.js';
import { json, ProviderServer } from '../support/provider-server.js';

const ADMIN = 'admin.330000';
const KEY = 'key-of-the-group-0042';

browserSuite('the page of channels', { ROBOT_LOOPBACK: '1' }, (house) => {
  let provider: ProviderServer;
  beforeAll(async () => {
    provider = await ProviderServer.open((_, response) => json(response, 200, { errcode: 0, code: 0 }));
  }, 600_000);
  afterAll(async () => {
    await provider?.close();
  });

  it('adds a robot, tries it out, changes, pauses and removes it, and never shows what opens it', async () => {
    const { page } = await house.browser.person(ADMIN, { path: '/#/channels' });
    await page.getByText('还没有群机器人').waitFor();
    await page.getByRole('button', { name: '添加群机器人' }).click();
    await chooseWith(page.getByLabel('平台'), '钉钉');
    await chooseWith(page.getByLabel('红十字会'), '台州市');
    await page.getByLabel('名称').fill('台州应急群');
    await page.getByLabel('机器人地址').fill('https://evil.test/robot/send?access_token=12345678');
    await page.getByLabel('加签密钥').fill('SEC-nobody-reads-this');
    house.browser.expectRefusal('/robots', 422);
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('这不是该平台的机器人地址').waitFor();
    await page.getByLabel('机器人地址').fill(`${provider.url}/robot/send?access_token=${KEY}`);
    await page.getByRole('button', { name: '保存' }).click();
    const row = page.locator('.channels-robot', { hasText: '台州应急群' });
    await row.getByText('地址尾号 0042').waitFor();
    expect(await axeFaults(page)).toEqual([]);

    await row.getByRole('button', { name: '试发：台州应急群' }).click();
    await row.getByText('“台州应急群”已接收').waitFor();
    expect(provider.asked.at(-1)!.path).toContain(KEY);
    provider.answer = (_, response) => json(response, 200, { errcode: 310_000 });
    await row.getByRole('button', { name: '试发：台州应急群' }).click();
    await row.getByRole('alert').getByText('钉钉安全设置不符').waitFor();
    await row.getByText('最近一条').waitFor();

    await row.getByRole('button', { name: '修改：台州应急群' }).click();
    expect(await row.getByLabel('机器人地址').inputValue()).toBe('');
    await chooseWith(row.getByLabel('通知哪些事件'), '通知 II 级以上');
    await row.getByRole('button', { name: '保存修改' }).click();
    await row.locator('p', { hasText: '通知 II 级以上' }).waitFor();
    await row.getByRole('button', { name: '停用：台州应急群' }).click();
    await row.getByText('已停用').waitFor();
    for (const hidden of [KEY, 'SEC-nobody', provider.url]) expect(await page.content()).not.toContain(hidden);
    await page.setViewportSize(PHONE);
    expect(await tooWide(page)).toBe(false);
    await row.getByRole('button', { name: '移除：台州应急群' }).click();
    await page.getByText('还没有群机器人').waitFor();
  }, 300_000);

  it('says that text messages reach no telephone where there is no gateway, and lets it be seen', async () => {
    const { page } = await house.browser.person(ADMIN, { path: '/#/channels' });
    await page.getByText('服务器没有设置短信网关').waitFor();
    const calls = page.locator('[data-voice]');
    await calls.getByText('服务器没有设置语音电话（VOICE_GATEWAY_URL）').waitFor();
    expect(await calls.getByRole('button', { name: '给自己的手机打一次电话' }).isDisabled()).toBe(true);
    const press = page.getByRole('button', { name: '给自己的手机试发一条短信' });
    if (await press.isDisabled()) return void (await page.getByText('您的账号没有电话号码').waitFor());
    await press.click();
    await page.getByText('这条只写进了服务器的文件').waitFor();
    expect(readFileSync(join(house.program.home, 'outbox', 'sms.log'), 'utf8')).toContain('通道测试，不是任务');
  }, 300_000);

  it('is not for officers', async () => {
    const { page } = await house.browser.person('duty.331082', { path: '/#/channels' });
    await page.getByText('没有由您管理通知通道的红十字会').waitFor();
  }, 300_000);
});
