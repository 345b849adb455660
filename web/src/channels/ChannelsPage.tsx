import { maySomewhere } from '../access/may.js';
import { useSession } from '../access/session.js';
import { t } from '../i18n/i18n.js';
import { SidePage } from '../relief-stock/parts/SidePage.js';
import { GatewayPart } from './GatewayPart.js';
import { MailPart } from './MailPart.js';
import { RobotsPart } from './RobotsPart.js';
import { VoicePart } from './VoicePart.js';
import '../settings/admin.css';
import './channels.css';
import './messages.js';

/** By what people and groups are told: the gateways of text messages and of calls, the mail server and the robots, each with a way to try it out. `#/channels` */
export default function ChannelsPage() {
  const { actor } = useSession();
  const may = maySomewhere(actor, 'channel.manage');
  return (
    <SidePage title={t('channels.title')}>
      <div className="page admin">
        <p>{t('channels.what')}</p>
        {may ? (
          <>
            <GatewayPart />
            <VoicePart />
            <MailPart />
            <RobotsPart />
          </>
        ) : (
          <p className="notice">{t('channels.not-yours')}</p>
        )}
      </div>
    </SidePage>
  );
}
