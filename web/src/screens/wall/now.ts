import { useEffect, useState } from 'react';
import { wall } from './feed.js';

/** The server's time, renewed each second, for the few leaves that show a clock. */
export function useWallNow(): number {
  const [now, setNow] = useState(() => wall.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(wall.now()), 1000);
    return () => window.clearInterval(timer);
  }, []);
  return now;
}
