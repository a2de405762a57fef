"""Korean family names in Hangul, Han and Latin letters, and Han characters of given names.

Family names keep spellings that no system of romanisation gives (Lee, Park, Choi, Roh), so they
stand in a table; given names are read by rule.
"""

from __future__ import annotations

_TABLE = """
김 金 kim gim ghim
이 李 lee yi ri rhee rhie li i yee rhi
박 朴 park pak bak bahk pahk
최 崔 choi choe choy chwe
정 鄭丁程 chung jung jeong chong jong cheong joung
강 姜康 kang gang khang
조 趙曺曹 cho jo joh choh
윤 尹 yoon yun youn
장 張蔣莊 chang jang
임 林任 lim im rim yim
한 韓 han hahn
오 吳 oh o
서 徐 seo suh so sur
신 申辛愼 shin sin
권 權 kwon gwon kwun
황 黃 hwang whang
안 安 ahn an
송 宋 song
유 柳劉兪庾 yoo yu ryu you ryoo lyu yoou
홍 洪 hong
전 全田錢 jeon chun jun chon jon cheon
고 高 ko go koh goh
문 文 moon mun
양 梁楊 yang ryang
손 孫 son sohn
배 裵裴 bae pae bai pai
백 白 baek paek paik back baik paick
허 許 huh heo hur ho hoh
남 南 nam
심 沈 shim sim
노 盧魯 roh noh no ro rho
하 河 ha hah
곽 郭 kwak gwak
성 成 sung seong song
차 車 cha
주 朱周 joo ju chu choo
우 禹 woo wu u oo
구 具丘 koo ku gu goo
민 閔 min
나 羅 na ra rha nah
진 陳秦晋 jin chin
지 池智 ji chi jee
엄 嚴 um eom uhm om
채 蔡 chae
원 元 won
천 千 cheon chun chon
방 方房 bang pang
공 孔 kong gong
현 玄 hyun hyeon hyon
함 咸 ham hahm
변 卞邊 byun byeon pyon byon pyun
염 廉 yeom yum yom ryom
여 呂余 yeo yuh ryo yo
추 秋 choo chu
도 都 do to doh toh
소 蘇 so soh
석 石昔 seok suk sok
선 宣 sun seon
설 薛 seol sul sol
마 馬 ma mah
길 吉 gil kil
연 延 yeon youn yon
위 魏 wi wee
표 表 pyo
명 明 myung myeong myong
기 奇 ki gi kee
반 潘 ban pan
왕 王 wang
금 琴 keum geum kum
옥 玉 ok ock
육 陸 yuk yook ryuk
인 印 in
맹 孟 maeng
제 諸 je
모 牟毛 mo
탁 卓 tak
국 鞠 kuk gook kook guk
어 魚 eo uh
은 殷 eun
편 片 pyun pyeon pyon
용 龍 yong ryong
예 芮 ye
경 慶 kyung kyeong gyeong
봉 奉 bong pong
사 史 sa
부 夫 boo bu pu
태 太 tae
감 甘 kam gam
계 桂 kye gye
피 皮 pi
두 杜 doo du tu
호 胡 ho
형 邢 hyung hyeong
동 董 dong tong
남궁 南宮 namgung namkoong namgoong namkung
황보 皇甫 hwangbo whangbo
제갈 諸葛 jegal chegal
선우 鮮于 sunwoo seonu sonu
독고 獨孤 dokgo tokko
사공 司空 sagong sakong
"""

_GIVEN = """
석錫碩奭 열悅烈說 섭燮 종鍾宗 재在載宰 명明命 태泰 용龍容鏞用勇 현顯鉉賢玄炫 훈勳勛薰訓
수秀洙壽守 준俊濬峻埈準 규奎圭珪揆 은恩銀殷 근槿根近瑾 혜惠慧 희姬熙喜希熹 숙淑 순順純淳
선善先宣 일日一逸 정正政貞廷晶楨靜 성成聖星盛誠 철哲喆澈鐵 호浩昊虎湖鎬 진振眞珍進鎭晋
영永榮泳映英寧 원元源遠 식植式湜軾 광光洸 관寬冠官琯 경京慶敬景卿 대大 동東棟 길吉
상相尙尚商祥 창昌滄 의義宜儀議 인仁寅麟 민民敏旻旼珉 기基起琪 문文 병炳秉柄丙 국國 덕德悳
승承勝昇升 율律栗 도道度 중重中仲 세世 연然淵延妍 미美 형炯衡 욱昱旭郁煜 웅雄熊 운雲運
윤潤允胤 신信臣 학學鶴 효孝 록祿錄 남南男 주周柱 봉鳳奉 하夏河
"""

GIVEN_HAN = {character: row[0] for row in _GIVEN.split() for character in row[1:]}
"""Han character → the Hangul that given names read it as."""
HAN: dict[str, str] = {}
"""Family name in Han characters → in Hangul."""
LATIN: dict[str, tuple[str, ...]] = {}
"""Family name in lower-case Latin letters → every family name spelt so, the commonest first."""
HANGUL: frozenset[str]
"""Family names as the South writes them (이, not 리)."""


def _read() -> frozenset[str]:
    spelt: dict[str, list[str]] = {}
    for row in _TABLE.split("\n"):
        if not row:
            continue
        hangul, han, *latin = row.split()
        HAN.update({han: hangul} if len(hangul) > 1 else dict.fromkeys(han, hangul))
        for spelling in latin:
            spelt.setdefault(spelling, []).append(hangul)
    LATIN.update((spelling, tuple(names)) for spelling, names in spelt.items())
    return frozenset(row.split()[0] for row in _TABLE.split("\n") if row)


HANGUL = _read()
