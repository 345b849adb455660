/** Signs of words that could turn a yes: none of them may stand in what is not understood. */
const TURNING =
  /[不没无未勿别非莫难坏断停困病伤烧痛疼取消休辞拒换替代找让叫派问等看若如果要除得但只惜愁恐忙缺差少欠吗么几哪谁啥骗假梦罢退撤死亡葬丧谈钱偿酬薪价签赔拒婉绝弃免忘悔厌戒延反推拦阻禁避懒违败乏悬]/;
/** Of words before the last yes only these could still turn it. */
const TURNING_AHEAD = /[若如果要是问谁骗假梦替代让]/;
/** Words in which such a sign does nothing of the kind. */
const HARMLESS =
  /认得|认不得?到|记得|懂得|晓得|[重主首紧必]要|要[道塞紧]|顾问|学问|看[守护林山水家管]|停[车靠机]|[灾遇避]难|病[人房区]|伤[员者]|断[层崖桥]|[叫喊带]上|叫醒|派出所|假山|换[洗乘]|钱塘|无人机|无线|缺口|多少|少年|取水|消[防毒杀]|[清拆排]除|除[雪冰草]|退[役伍水潮休]|延[安边川]|反光|代[表县]|淹没|[果][园树林农]|[水苹]果|如[意皋东]|推[土车]|拦[河水]|避[险风雨]|放?[寒暑]假|休[整息]|烧[水火饭菜]|差不多|找[人水路]/g;

/** Whether a word that nobody knows might turn a yes that stands beside it. */
export const turns = (text: string): boolean => TURNING.test(text.replace(HARMLESS, ''));
/** Whether it might turn a yes that comes after it. */
export const turnsAhead = (text: string): boolean => TURNING_AHEAD.test(text.replace(HARMLESS, ''));
