import { demoId } from './identity.js';
import type { ItemRow } from './rows.js';
import { numberIn, readTable } from './table.js';

// code;name;English;GB/T 38565 top class;unit;weight g;volume cm3;shelf months;price fen;provincial target;
// days of life to be worth sending (0 = lots carry no expiry: kit that is inspected, not dated)
const CATALOGUE = `
SH01;单帐篷12m²;single tent 12 m²;1;顶;65000;300000;96;150000;800;0
SH02;棉帐篷12m²;padded tent 12 m²;1;顶;110000;450000;96;230000;400;0
SH03;单帐篷36m²;command tent 36 m²;1;顶;210000;900000;96;480000;30;0
SH04;家庭帐篷16m²;family tent 16 m²;1;顶;55000;282000;96;260000;100;0
SH05;篷布4×6m;tarpaulin 4x6;1;块;4200;11000;60;7000;2000;0
SH06;防潮垫;sleeping mat;1;张;860;3000;72;3500;5000;0
SH07;折叠床;folding bed;1;张;8500;60000;96;18000;3000;0
SH08;睡袋;sleeping bag;1;个;1700;12000;60;16000;1500;0
SH09;厕所帐篷;toilet tent;1;顶;25000;120000;96;60000;60;0
BD01;棉被;quilt 2.0x1.8 vacuum packed;1;床;2500;20000;72;11000;10000;0
BD02;毛毯;blanket 2.0x1.5 m;1;条;2000;11000;96;9000;6000;0
BD03;毛巾被;towel quilt;1;条;1000;6000;72;6000;10000;0
BD04;夹克衫;jacket;1;件;600;4000;72;4570;8000;0
BD05;冲锋衣;shell jacket;1;件;1000;8000;72;16000;3000;0
BD06;棉大衣;padded coat;1;件;2200;15000;72;13000;4000;0
BD07;褥子;mattress pad;1;床;2000;18000;72;8000;3000;0
BD08;儿童棉服;children's padded wear;1;套;800;6000;72;9000;1000;0
BD09;雨衣;raincoat;1;件;350;1000;60;2500;4000;0
BD10;雨靴;rubber boots;1;双;1600;8000;60;4500;2000;0
FK01;赈济家庭包;family relief pack (10 kinds, 17 pieces);1;个;9000;60000;36;30600;8000;90
FK02;赈济家庭箱;family relief box;1;个;12000;70000;36;40000;2000;90
FK03;应急生活包;shelter life pack;1;个;3000;20000;24;8000;3000;60
FK04;卫生包;hygiene parcel;1;个;3500;15000;36;9000;2000;60
FK05;妇婴包;mother and baby kit;1;个;4000;20000;24;15000;500;60
FK06;炊具套装A;kitchen set A (5 people);1;套;5000;24000;120;18000;800;0
FK07;蚊帐;mosquito net;1;顶;440;2000;60;3000;4000;0
FK08;手摇手电;torch;1;支;360;1000;60;3000;5000;0
FK09;头灯;headlamp;1;个;100;1000;60;4000;1500;0
WF01;瓶装水550ml×24;bottled water carton;1;箱;14000;16000;12;2400;6000;30
WF02;方便面12桶;instant noodles carton;1;箱;1800;20000;6;3600;2000;30
WF03;压缩饼干;compressed biscuits carton;1;箱;6000;12000;24;12000;1000;30
WF04;大米10kg;rice bag;1;袋;10000;13000;12;5500;1500;30
WF05;食用油5L;cooking oil;1;桶;4700;6000;18;6500;1000;30
WF06;自热食品12份;self-heating meals carton;1;箱;6000;20000;12;18000;800;30
WF07;婴儿奶粉800g;infant formula;1;罐;950;2000;24;18000;200;60
WF08;折叠水袋10L;foldable jerrycan;1;个;140;400;60;1200;4000;0
WF09;带盖水桶14L;bucket with lid;1;个;1250;6000;96;3000;2000;0
HL01;医用口罩50只;masks box;2;盒;200;2000;24;1200;5000;30
HL02;免洗洗手液500ml;hand sanitiser;2;瓶;550;1000;24;1500;3000;60
HL03;含氯消毒片100片;chlorine tablets;2;瓶;150;300;36;1500;2000;60
HL04;急救背包;first-aider backpack;2;个;8600;66000;36;65000;200;90
HL05;车载急救包;car first-aid kit;2;个;1500;7000;36;12000;200;90
HL06;AED;defibrillator;2;台;3000;12000;24;1600000;30;90
HL07;折叠担架;folding stretcher;2;副;6000;30000;120;38000;150;0
HL08;敷料套装;dressing set;2;套;16000;106000;48;120000;20;90
HL09;遗体袋套装100人;human remains kit;2;套;334000;1536000;120;1200000;2;0
RE01;冲锋舟(含机);rigid boat with engine;2;艘;260000;4500000;120;3800000;12;0
RE02;橡皮艇8人;inflatable boat;2;艘;75000;500000;96;1200000;20;0
RE03;救生衣;life jacket;2;件;1200;12000;60;18000;1000;0
RE04;抛绳袋;throw bag;2;个;1200;6000;60;15000;200;0
RE05;静力绳100m;static rope;2;卷;7000;20000;60;90000;60;0
RE06;发电机3kVA;generator 3 kVA;2;台;65000;210000;120;980000;40;0
RE07;移动照明灯;light tower;2;台;45000;350000;96;520000;30;0
RE08;排水泵2寸24m³/h;pump set 2 in;2;台;195000;880000;120;1400000;20;0
RE09;对讲机;radio;2;台;350;1000;60;150000;200;0
RE10;卫星电话;satellite phone;2;台;400;2000;60;900000;10;0
RE11;无人机;drone;2;架;5000;60000;36;1500000;10;0
RE12;油锯;chain saw;2;台;6000;40000;60;160000;40;0
WS01;储水囊5m³;onion tank 5 m³;2;套;40000;410000;96;600000;12;0
WS02;六头取水架;tap stand, 6 taps;2;套;40000;60000;120;250000;24;0
WS03;净水设备1m³/h;water treatment unit;2;套;600000;4000000;120;18000000;3;0
WS04;背负式喷雾器;knapsack sprayer;2;台;6000;40000;60;30000;100;0
WS05;水质快检箱;water test kit;2;箱;16100;99000;24;600000;8;60
EN01;编织袋100条;sandbags pack;3;捆;8000;30000;36;9000;500;0
EN02;铁锹;shovel;3;把;1800;8000;120;2800;600;0
EN03;工具包(搭建);shelter tool kit;3;套;11000;36000;120;45000;100;0
`;

const COLD_MONTHS = [10, 11, 12, 1, 2, 3, 4];
const WARM_MONTHS = [5, 6, 7, 8, 9, 10];
const SEASONS = new Map<string, number[]>([
  ...['BD01', 'BD02', 'BD06', 'BD07', 'SH02'].map((code): [string, number[]] => [code, COLD_MONTHS]),
  ...['BD03', 'FK07'].map((code): [string, number[]] => [code, WARM_MONTHS]),
]);

/** Id of the catalogue item with this code. */
export const itemId = (code: string): string => demoId('item', code);

/** The catalogue of 66 relief items with planning figures of weight, volume, life, price and provincial level. */
export function buildItems(): ItemRow[] {
  return readTable(CATALOGUE, 11).map(([code, name, nameEn, gbClass, unit, ...figures]) => {
    const [weightG, volumeCm3, shelfMonths, priceFen, provincialTarget, minimumUseDays] = figures.map(numberIn);
    return {
      id: itemId(code as string),
      code: code as string,
      name: name as string,
      nameEn: nameEn as string,
      gbClass: readGbClass(gbClass),
      unit: unit as string,
      weightG: weightG as number,
      volumeCm3: volumeCm3 as number,
      shelfMonths: shelfMonths as number,
      priceFen: priceFen as number,
      provincialTarget: provincialTarget as number,
      seasonMonths: SEASONS.get(code as string) ?? null,
      minimumUseDays: minimumUseDays as number,
    };
  });
}

function readGbClass(field: string | undefined): ItemRow['gbClass'] {
  if (field === '1') return 1;
  if (field === '2') return 2;
  if (field === '3') return 3;
  throw new Error(`demo table: no such class: ${field}`);
}
