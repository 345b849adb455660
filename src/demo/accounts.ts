/** What `npm start` prints beside the address: who to sign in as. */
export const accountsOf = (url: string): string => `
  open      ${url}
  password  chiyuan-demo
  accounts  duty.331000            duty officer, Taizhou city
            duty2.331000           takes turns with the one above
            duty.330000            duty officer, Zhejiang province
            keeper.WH-331000-1     warehouse keeper, Taizhou
            checker.331000         counts and signs second, Taizhou
            leader.T-331082-WR-1   team leader (phone: ${url}/phone.html)
            auditor.330000  supervisor.330000  admin.330000
`;
