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
