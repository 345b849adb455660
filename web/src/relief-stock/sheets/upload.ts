import { at } from '../../app/world.js';
import type { ImportReport } from '../../../../src/relief-stock/sheets/sheets.dto.js';
import { ProblemError, query } from '../../api/http.js';
import { locale } from '../../i18n/i18n.js';

type How = { dryRun: boolean; warehouseId: string };

/** The workbook itself is the body. Refusals are problems, as of any other command. */
export async function sendWorkbook(kind: string, file: File, how: How): Promise<ImportReport> {
  const path = at(`/api/v1/stock/imports/${kind}${query({ warehouseId: how.warehouseId, dryRun: how.dryRun })}`);
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json',
        'Accept-Language': locale(),
        'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      },
      body: file,
    });
  } catch {
    throw new ProblemError(0, { code: 'network.unreachable' });
  }
  const body: unknown = await response.json().catch(() => ({}));
  if (!response.ok) throw new ProblemError(response.status, body as ConstructorParameters<typeof ProblemError>[1]);
  return body as ImportReport;
}
