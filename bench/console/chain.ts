import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { Server } from 'socket.io';
import type { AssignmentDto, MissionDto } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../src/incidents/incidents.dto.js';
import type { SnapshotDto } from '../../src/live/live.dto.js';
import { Desk } from '../replay/desk.js';
import { median, percentile, round } from '../support/stats.js';
import { DEMO_PASSWORD, sit } from './browser.js';

const OFFICER = 'duty.331000';
const TEAM = 'T-331081-WR-1';
const PHONE = { width: 390, height: 844 };

const figures = (waits: number[]) => ({
  p50Ms: round(median(waits)),
  p95Ms: round(percentile(waits, 0.95)),
  slowestMs: round(Math.max(...waits)),
});

/** From the order to the alert in sight on the phone, and from the answer to the desk's queue: two browsers of one Chromium. */
export async function measureChain(browser: Browser, url: string, rounds: number) {
  const officer = new Desk(url, OFFICER, DEMO_PASSWORD);
  const { teamUnits, teams } = await officer.get<SnapshotDto>('/live/snapshot');
  const unit = teamUnits.find(({ teamId }) => teamId === teams.find(({ code }) => code === TEAM)!.id)!;
  const board = await sit(browser, url, { account: OFFICER });
  const phone = await sit(browser, url, { account: `leader.${TEAM}`, path: '/phone.html', viewport: PHONE });
  const toPhone: number[] = [];
  const toBoard: number[] = [];
  for (let n = 0; n < rounds; n++) {
    const placeText = `温岭市示范量程${n}号`;
    const body = { kind: 'flood', severity: 'III', placeText, location: { lon: 121.38, lat: 28.37 } };
    const reported = await officer.post<IncidentDto>('/incidents', body);
    const incident = await officer.post<IncidentDto>(`/incidents/${reported.id}/verify`, { version: reported.version });
    const row = board.locator('.queue-row', { hasText: placeText });
    await row.waitFor();
    let began = performance.now();
    const mission = await officer.post<MissionDto>(`/incidents/${incident.id}/missions`, {
      assignments: [{ teamUnitId: unit.id }],
    });
    await phone.getByText(placeText).first().waitFor();
    toPhone.push(performance.now() - began);
    if ((await phone.locator('.answer.accept').count()) === 0) await phone.getByText(placeText).first().click();
    began = performance.now();
    await phone.locator('.answer.accept').click();
    await row.getByText('1/1').waitFor();
    toBoard.push(performance.now() - began);
    const { id } = mission.assignments[0]!;
    const now = await officer.get<AssignmentDto>(`/assignments/${id}`);
    await officer.post(`/assignments/${id}/withdraw`, { version: now.version, reason: '示范' });
    await phone.goto('about:blank');
    await phone.goto('/phone.html');
  }
  await Promise.all([board, phone].map((page) => page.context().close()));
  return { dispatchToAlert: figures(toPhone), answerToBoard: figures(toBoard) };
}

const PAGE = `<!doctype html><p id=said></p><script src="/socket.io/socket.io.js"></script><script>
const line = io({ transports: ['websocket'] }); window.line = line;
line.on('say', (n) => { document.getElementById('said').textContent = 'said ' + n });
line.on('connect', () => { document.title = 'on' });
</script>`;

/** The least that this can take here: a socket between two pages, and a text in sight. */
export async function measureFloor(browser: Browser, rounds: number) {
  const http = createServer((request, response) => {
    response.setHeader('content-type', 'text/html').end(request.url === '/' ? PAGE : '');
  });
  const sockets = new Server(http);
  sockets.on('connection', (socket) => void socket.on('say', (n: number) => void sockets.emit('say', n)));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/`;
  const context = await browser.newContext();
  const [one, other] = [await context.newPage(), await context.newPage()];
  for (const page of [one, other]) {
    await page.goto(url);
    await page.waitForFunction(`document.title === 'on'`);
  }
  const waits: number[] = [];
  for (let n = 0; n < rounds; n++) {
    const began = performance.now();
    await one.evaluate(`line.emit('say', ${n})`);
    await other.getByText(`said ${n}`, { exact: true }).waitFor();
    waits.push(performance.now() - began);
  }
  await context.close();
  await new Promise<void>((resolve) => void sockets.close(() => resolve()));
  return figures(waits);
}
