import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../access/index.js';
import { callAfterS, ChannelDoors, contactSettings, quietUntil, urgentChannels, waysTo } from '../alerts/index.js';
import { CONFIG, type Config } from '../config.js';
import { Database, read } from '../database/index.js';
import { type Person, type UnitForDispatch, unitsToTell } from '../rescue-teams/index.js';
import { Clock } from '../shared/clock.js';
import type { AudienceDto, AudiencePerson } from './audience.dto.js';
import { actingPathsOf } from './opening.service.js';
import { mustBeOurs } from './send-teams.service.js';

type Settings = Awaited<ReturnType<typeof contactSettings>>;

/** What an order would do before it is given: who is told, by which ways in which order, and whose quiet hours it rings through. */
@Injectable()
export class AudienceService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly doors: ChannelDoors,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Of units that the actor may send: 404 `team-unit.not-found` for what he does not see, 403 `access.denied` for what is not his to send. */
  async audience(actor: Actor, unitIds: string[]): Promise<AudienceDto> {
    const context = { actor, actingPaths: actingPathsOf(actor) };
    return read(this.db, async (tx) => {
      const units = await unitsToTell(tx, unitIds, this.clock.now());
      const asked = unitIds.map((id) => {
        const unit = units.find((each) => each.id === id);
        mustBeOurs(context, unit, { noun: 'team-unit', id });
        return unit!;
      });
      const accounts = asked.flatMap(({ leader, deputy }) => [leader?.userId ?? null, deputy?.userId ?? null]);
      const said = await contactSettings(tx, accounts);
      return { units: asked.map((unit) => ({ unitId: unit.id, people: this.peopleOf(unit, said) })) };
    });
  }

  /** As the ladder climbs: a step that has nobody with an address takes no time. */
  private peopleOf({ leader, deputy }: UnitForDispatch, said: Settings): AudiencePerson[] {
    const people: AudiencePerson[] = [];
    for (const [role, person] of [['leader', leader], ['deputy', deputy]] as const) {
      if (!person) continue;
      const steps = people.filter(({ ways }) => ways.some(({ afterS }) => afterS !== null)).length;
      people.push({ role, turnS: steps * this.config.ALERT_ANSWER_S, ...this.told(person, said) });
    } // prettier-ignore
    return people;
  }

  private told(person: Person, said: Settings): Omit<AudiencePerson, 'role' | 'turnS'> {
    const now = this.clock.now();
    const own = (person.userId && said.get(person.userId)) || null;
    const mails = this.doors.carries({ channel: 'mail', exercise: false });
    const answerS = this.config.ALERT_ANSWER_S;
    const ways = waysTo(person, own, { now, answerS }).map(({ way, afterS }) => {
      if (afterS === null) return { way, afterS, lacks: 'no-address' as const };
      return way === 'mail' && !mails ? { way, afterS: null, lacks: 'no-mail-server' as const } : { way, afterS, lacks: null }; // prettier-ignore
    });
    const quiet = own?.quiet ?? null;
    const rings = callAfterS(person, own, { channels: urgentChannels(this.config), now, answerS });
    return {
      name: person.name,
      ways,
      callAfterS: rings,
      quiet,
      inQuiet: own !== null && quietUntil(own.quiet, now) !== null,
    };
  }
}
