/** Night shift in China Standard Time: from 19:00 to 07:00 the desk is dark unless someone chose otherwise (C-13). */
export function isDutyNight(now: Date): boolean {
  const hour = (now.getUTCHours() + 8) % 24;
  return hour >= 19 || hour < 7;
}
