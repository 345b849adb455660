const KEY = 'chiyuan.phone.duty';

/** The duty room's number as the last link named it: a leader needs it most when nothing else gets through. */
export function knownDutyPhone(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
export function rememberDutyPhone(phone: string | null): void {
  try {
    if (phone) localStorage.setItem(KEY, phone);
  } catch {
    // Then the number is on the alert only.
  }
}
