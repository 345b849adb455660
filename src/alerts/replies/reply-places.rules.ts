/** An unknown word that may be the name of a place. */
export const isPlace = (text: string): boolean =>
  text.length >= 2 && text.length <= 4 && /^\p{Script=Han}+$/u.test(text) && !NO_PLACE.test(text);
const NO_PLACE =
  /[不没别病医院家店校单位公司父母妈爸老婆孩谁哪啥吗么问看让叫替代换假停断堵退岂敢何鸽反推拒免难休懒愁弃禁差险千万]/;
/** Verbs of reaching and joining: what stands behind them is where the alert is. */
export const REACHES =
  /^(?:前往|赶往|赶赴|奔赴|赶到|抵达|到达|支援|增援|参加|参与|加入|前往支援|去支援|来支援|赶去|驰援|投入)$/;
/** Verbs before which a place stands. */
export const GATHERS = /^(?:集合|集结|碰头|汇合|会合|报到|待命)$/;
/** How names of places end. */
export const ENDS_A_PLACE =
  '路|坎|坝|山|湾|江|河|沿|庄|庄子|岭|屯|寺|沟|岛|梁|台|崖|湖|阁|洞|峡|峡谷|潭|县|口|镇|乡|村|桥|关|农场|林场|牧场|街|公园|广场|操场|水泥厂|砖厂|矿|闸|铺|亭|环|立交|岩|坪|滩|庙|坞|塘|小学|中学|码头|水库|大坝|堤|港|社区|小区|景区|寨|营|营子|坡|塬|峁|川|浦|店|坳|垭|渡|嘴|湿地|草原|沙滩|冰场|滑雪场|隧道|服务区|收费站|客运站|高铁站|工业园|开发区|大厦|宾馆|酒店|体育馆|体育场';
