import { numberIn, readTable, roundDegrees } from './table.js';

/** A division of Zhejiang or a partner's seat. */
export interface Place {
  adcode: string;
  name: string;
  pinyin: string;
  lon: number;
  lat: number;
  population: number;
}

// adcode;name;pinyin;lon;lat of the seat (WGS 84);people in 10,000, census 2020
const CITIES = `
330100;杭州市;Hangzhou;120.155;30.274;1193.6
330200;宁波市;Ningbo;121.550;29.875;940.4
330300;温州市;Wenzhou;120.699;27.994;957.3
330400;嘉兴市;Jiaxing;120.755;30.746;540.1
330500;湖州市;Huzhou;120.087;30.894;336.8
330600;绍兴市;Shaoxing;120.580;30.030;527.1
330700;金华市;Jinhua;119.647;29.079;705.1
330800;衢州市;Quzhou;118.860;28.970;227.6
330900;舟山市;Zhoushan;122.207;29.985;115.8
331000;台州市;Taizhou;121.421;28.656;662.3
331100;丽水市;Lishui;119.923;28.468;250.7
`;

const COUNTIES = `
330102;上城区;Shangcheng;120.198;30.227;132.3
330105;拱墅区;Gongshu;120.142;30.319;112.1
330106;西湖区;Xihu;120.125;30.262;111.3
330108;滨江区;Binjiang;120.207;30.211;50.4
330109;萧山区;Xiaoshan;120.260;30.186;201.2
330110;余杭区;Yuhang;119.978;30.274;122.7
330111;富阳区;Fuyang;119.956;30.051;83.2
330112;临安区;Lin'an;119.720;30.236;63.5
330113;临平区;Linping;120.299;30.419;117.6
330114;钱塘区;Qiantang;120.494;30.323;76.9
330122;桐庐县;Tonglu;119.687;29.796;45.3
330127;淳安县;Chun'an;119.037;29.611;32.9
330182;建德市;Jiande;119.276;29.477;44.3
330203;海曙区;Haishu;121.547;29.877;104.1
330205;江北区;Jiangbei;121.551;29.889;48.9
330206;北仑区;Beilun;121.840;29.902;82.9
330211;镇海区;Zhenhai;121.592;29.968;53.2
330212;鄞州区;Yinzhou;121.542;29.819;158.8
330213;奉化区;Fenghua;121.402;29.657;57.8
330225;象山县;Xiangshan;121.865;29.479;56.8
330226;宁海县;Ninghai;121.425;29.290;69.6
330281;余姚市;Yuyao;121.150;30.039;125.4
330282;慈溪市;Cixi;121.262;30.173;182.9
330302;鹿城区;Lucheng;120.651;28.019;116.7
330303;龙湾区;Longwan;120.807;27.936;72.5
330304;瓯海区;Ouhai;120.611;27.970;96.3
330305;洞头区;Dongtou;121.153;27.839;14.9
330324;永嘉县;Yongjia;120.688;28.157;87.0
330326;平阳县;Pingyang;120.562;27.665;86.3
330327;苍南县;Cangnan;120.423;27.523;84.4
330328;文成县;Wencheng;120.087;27.790;28.8
330329;泰顺县;Taishun;119.713;27.560;26.6
330381;瑞安市;Rui'an;120.651;27.782;152.0
330382;乐清市;Yueqing;120.980;28.117;145.3
330383;龙港市;Longgang;120.553;27.578;46.5
330402;南湖区;Nanhu;120.779;30.750;83.9
330411;秀洲区;Xiuzhou;120.706;30.768;67.9
330421;嘉善县;Jiashan;120.922;30.833;64.8
330424;海盐县;Haiyan;120.942;30.529;45.7
330481;海宁市;Haining;120.676;30.514;107.6
330482;平湖市;Pinghu;121.011;30.680;67.1
330483;桐乡市;Tongxiang;120.561;30.633;103.0
330502;吴兴区;Wuxing;120.181;30.859;101.6
330503;南浔区;Nanxun;120.414;30.852;54.3
330521;德清县;Deqing;119.973;30.545;54.9
330522;长兴县;Changxing;119.906;31.029;67.4
330523;安吉县;Anji;119.675;30.641;58.6
330602;越城区;Yuecheng;120.579;29.991;102.0
330603;柯桥区;Keqiao;120.491;30.084;109.9
330604;上虞区;Shangyu;120.864;30.036;84.0
330624;新昌县;Xinchang;120.900;29.503;41.9
330681;诸暨市;Zhuji;120.242;29.711;121.8
330683;嵊州市;Shengzhou;120.827;29.564;67.5
330702;婺城区;Wucheng;119.567;29.090;95.7
330703;金东区;Jindong;119.688;29.103;50.7
330723;武义县;Wuyi;119.812;28.896;46.2
330726;浦江县;Pujiang;119.888;29.455;46.1
330727;磐安县;Pan'an;120.446;29.057;17.7
330781;兰溪市;Lanxi;119.455;29.211;57.5
330782;义乌市;Yiwu;120.070;29.309;185.9
330783;东阳市;Dongyang;120.237;29.292;108.8
330784;永康市;Yongkang;120.043;28.891;96.4
330802;柯城区;Kecheng;118.867;28.972;52.9
330803;衢江区;Qujiang;118.955;28.983;37.4
330822;常山县;Changshan;118.506;28.904;26.0
330824;开化县;Kaihua;118.410;29.140;25.9
330825;龙游县;Longyou;119.167;29.031;36.0
330881;江山市;Jiangshan;118.622;28.741;49.4
330902;定海区;Dinghai;122.102;30.022;50.0
330903;普陀区;Putuo;122.320;29.974;38.3
330921;岱山县;Daishan;122.222;30.267;20.8
330922;嵊泗县;Shengsi;122.447;30.728;6.7
331002;椒江区;Jiaojiang;121.439;28.676;82.6
331003;黄岩区;Huangyan;121.258;28.653;70.7
331004;路桥区;Luqiao;121.361;28.586;62.9
331022;三门县;Sanmen;121.391;29.107;37.9
331023;天台县;Tiantai;121.002;29.147;47.5
331024;仙居县;Xianju;120.725;28.850;43.2
331081;温岭市;Wenling;121.381;28.376;141.6
331082;临海市;Linhai;121.140;28.862;111.4
331083;玉环市;Yuhuan;121.228;28.139;64.4
331102;莲都区;Liandu;119.908;28.449;56.2
331121;青田县;Qingtian;120.285;28.143;50.9
331122;缙云县;Jinyun;120.087;28.662;40.5
331123;遂昌县;Suichang;119.271;28.595;19.4
331124;松阳县;Songyang;119.477;28.452;20.5
331125;云和县;Yunhe;119.569;28.119;12.9
331126;庆元县;Qingyuan;119.058;27.622;14.3
331127;景宁畲族自治县;Jingning;119.631;27.977;11.1
331181;龙泉市;Longquan;119.136;28.078;24.9
`;

// Societies outside the province's tree: neighbours by border agreement, one twin city, and the national society,
// which owns part of the stock kept in the provincial centre. No population is carried for them.
const PARTNERS = `
100000;中国红十字会总会;National;116.41;39.92;0
310118;青浦区;Qingpu;121.12;31.15;0
320509;吴江区;Wujiang;120.64;31.14;0
361100;上饶市;Shangrao;117.94;28.45;0
341000;黄山市;Huangshan;118.34;29.71;0
350700;南平市;Nanping;118.12;27.33;0
610300;宝鸡市;Baoji;107.24;34.36;0
`;

function readPlaces(text: string): Place[] {
  return readTable(text, 6).map(([adcode, name, pinyin, lon, lat, tenThousands]) => ({
    adcode: adcode as string,
    name: name as string,
    pinyin: pinyin as string,
    lon: roundDegrees(numberIn(lon)),
    lat: roundDegrees(numberIn(lat)),
    population: Math.round(numberIn(tenThousands) * 10_000),
  }));
}

export const cities = readPlaces(CITIES);
export const counties = readPlaces(COUNTIES);
export const partners = readPlaces(PARTNERS);

/** The province, seated in its capital; its people are the sum of its cities. */
export const province: Place = {
  adcode: '330000',
  name: '浙江省',
  pinyin: 'Zhejiang',
  lon: 120.15,
  lat: 30.27,
  population: cities.reduce((people, city) => people + city.population, 0),
};
