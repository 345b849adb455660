import type { PaperSource } from '../stock-desk.js';
import { adjustmentPaper, returnPaper } from './change-papers.js';
import { countPaper } from './count-paper.js';
import { issuePaper, transferPaper } from './moving-papers.js';
import { requestPaper } from './request-paper.js';

/** A form for each paper of the stock, by the name in its address. */
export const DOCUMENT_PAPERS: Record<string, PaperSource> = {
  transfer: transferPaper,
  issue: issuePaper,
  count: countPaper,
  adjustment: adjustmentPaper,
  return: returnPaper,
  request: requestPaper,
};
