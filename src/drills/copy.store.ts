import type { Tx } from '../database/index.js';

/** Columns that a drill does not take as they are, as SQL over the real row. What only reality can own is let go of. */
type Changed = Record<string, string>;
/** A number that nobody can be called by; its end stays, so that people can still tell one from another. */
const NO_PHONE = (phone: string) => `'000' || right(regexp_replace(${phone}, '[^0-9]', '', 'g'), 8)`;
const phoneOf = (column: string) =>
  `case when ${column} is null or ${column} = any($1) then ${column} else ${NO_PHONE(column)} end`;
/** A name that no mail server takes (RFC 2606), unless the person is listed. */
const EMAIL = `case when email is null or email = any($1) then email else id || '@drill.invalid' end`;

/**
 * The tables of which a drill begins with a copy, parents first: who and what there is. What happens (incidents, missions, alerts, papers,
 * sessions, the journal) it makes itself, and is never copied; a test compares both lists with the schema.
 */
export const COPIED: [table: string, changed: Changed][] = [
  ['society', {}],
  // No password opens a drill: whoever enters has shown a real session first. $2 is the hash of what nobody knows.
  ['app_user', { phone: phoneOf('phone'), email: EMAIL, password_hash: '$2', failures: '0', locked_until: 'null' }],
  ['role_grant', {}],
  ['contact_setting', {}],
  ['team', {}],
  ['team_unit', { assignment_id: 'null', booking: 'null', state_since: 'now()' }],
  ['team_member', { phone: phoneOf('phone'), email: EMAIL }],
  ['credential', {}],
  ['team_equipment', {}],
  ['warehouse', { keeper_phone: phoneOf('keeper_phone') }],
  ['item', {}],
  ['item_gtin', {}],
  ['item_pack', {}],
  ['kit', {}],
  ['kit_part', {}],
  ['lot', {}],
  ['lot_part', {}],
  ['stock_fund', { intent_incident_id: 'null' }],
  ['stock_reason', {}],
  ['stock_level', {}],
  ['plan_version', {}],
  ['duty_roster', {}],
  ['duty_shift', {}],
  ['clock_setting', {}],
  ['map_layer', {}],
  ['structure_scenario', {}],
  ['need_factor', {}],
  ['crossing', {}],
  ['travel_area', {}],
  ['road_weather', {}],
];

/** What a drill begins with empty, or makes for itself. */
export const OWN = [
  'alarm', 'alarm_change', 'alert', 'alert_answer', 'alert_delivery', 'alert_reply', 'alert_step', 'assignment', 'assignment_roll', 'chain_audit', 'chain_fault',
  'channel_test', 'channel_test_message', 'clock_seen', 'command_answer', 'document_signature', 'donation', 'drill', 'drill_improvement', 'drill_inject',
  'drill_item', 'drill_judgement', 'drill_reply', 'drill_sheet', 'drill_text',
  'duty_notice', 'goods_receipt', 'group_robot', 'handover', 'handover_item', 'help_call', 'help_call_word', 'inbound_sms', 'incident', 'incident_need', 'incident_note', 'incident_response', 'incident_task', 'journal', 'journal_anchor',
  'journal_head', 'migrations', 'mission', 'need_estimate', 'number_series', 'par_setting', 'partner_offer', 'readiness_day', 'reservation', 'response_act', 'robot_notice', 'roll_fact',
  'roll_person', 'screen', 'session', 'situation_report', 'stock_adjustment', 'stock_adjustment_line', 'stock_bin_move', 'stock_box',
  'stock_box_content', 'stock_capacity_call', 'stock_cell', 'stock_command', 'stock_commitment', 'stock_commitment_take_over',
  'stock_conversion', 'stock_count', 'stock_count_entry', 'stock_count_line', 'stock_inquiry', 'stock_inquiry_line', 'stock_issue',
  'stock_issue_line', 'stock_movement', 'stock_notice', 'stock_place', 'stock_request', 'stock_request_consignment', 'stock_request_desk',
  'stock_request_line', 'stock_return', 'stock_reversal', 'stock_transfer', 'stock_transfer_count', 'stock_transfer_line', 'structure_advice', 'suggestion',
  'supply_order', 'supply_order_line', 'supply_take_over',
]; // prettier-ignore

type Step = (tx: Tx) => Promise<unknown>;

/**
 * Fills the empty schema of a drill from the real one, as steps of which each is a transaction of its own: where one session serves everybody,
 * a real command waits for one step at most. A row that came into being between two steps may lack its parent (23503): then it is begun again.
 * The connection is the drill's: what is not named with `from` lies in the drill, and this is the one place of the program that names two schemas.
 */
export function copySteps({
  from,
  listed,
  passwordHash,
}: {
  from: string;
  listed: readonly string[];
  passwordHash: string;
}): Step[] {
  // prettier-ignore
  const emptied: Step = async (tx) => {
    for (const [table] of [...COPIED].reverse()) await tx.query(`delete from ${table}`); // what the migrations themselves wrote
  };
  const copied = COPIED.map(([table, changed]): Step => async (tx) => {
    const columns = await columnsOf(tx, table);
    const values = columns.map((column) => changed[column] ?? column).join(', ');
    const params = ['$1', '$2'].flatMap((name, n) => (values.includes(name) ? [[listed, passwordHash][n]] : []));
    await tx.query(`insert into ${table} (${columns.join(', ')}) select ${values} from ${from}.${table}`, params);
  });
  return [
    emptied,
    ...copied,
    ...openBooks(from).map(
      (sql): Step =>
        (tx) =>
          tx.query(sql),
    ),
  ];
}

/** The columns of a table that are written, not computed. */
async function columnsOf(tx: Tx, table: string): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  );
  return rows.map(({ name }) => name);
}

/**
 * The stock that lies on the shelves, and the parts that made kits hold, as the drill's own opening: one movement a cell, so that its ledger is
 * closed from the first line (S3, S7). Nothing is reserved, and nothing is on its way.
 */
function openBooks(from: string): string[] {
  const cell = `level_id, item_id, lot_id, place_id, kind, warehouse_id, condition, owner_society_id, fund, on_hand`;
  return [
    `insert into stock_place (id, kind, warehouse_id, code, name)
     select id, kind, warehouse_id, code, name from ${from}.stock_place where kind in ('bin', 'conversion', 'opening')`,
    `insert into stock_place (id, kind, warehouse_id, code) select gen_random_uuid(), 'opening', id, 'opening' from warehouse
     on conflict (kind, warehouse_id, code) do nothing`,
    `insert into stock_cell (id, ${cell}) select id, ${cell} from ${from}.stock_cell where kind in ('bin', 'conversion') and on_hand <> 0`,
    `insert into stock_cell (id, ${cell})
     select gen_random_uuid(), c.level_id, c.item_id, c.lot_id, p.id, 'opening', c.warehouse_id, c.condition, c.owner_society_id, c.fund, -sum(c.on_hand)
     from stock_cell c join stock_place p on p.kind = 'opening' and p.warehouse_id = c.warehouse_id and p.code = 'opening'
     group by c.level_id, c.item_id, c.lot_id, p.id, c.warehouse_id, c.condition, c.owner_society_id, c.fund`,
    `insert into stock_movement (id, cause_id, line, item_id, lot_id, warehouse_id, to_warehouse_id, from_cell_id, to_cell_id, units, reason, document,
       occurred_at, recorded_at, received_at)
     select gen_random_uuid(), p.id, row_number() over (partition by p.id order by c.id), c.item_id, c.lot_id, c.warehouse_id, c.warehouse_id,
       case when c.on_hand > 0 then o.id else c.id end, case when c.on_hand > 0 then c.id else o.id end, abs(c.on_hand), 'opening', 'opening',
       now(), now(), now()
     from stock_cell c
     join stock_place p on p.kind = 'opening' and p.warehouse_id = c.warehouse_id and p.code = 'opening'
     join stock_cell o on o.place_id = p.id and o.lot_id = c.lot_id and o.condition = c.condition
       and o.owner_society_id = c.owner_society_id and o.fund is not distinct from c.fund
     where c.kind <> 'opening'`,
  ];
}
