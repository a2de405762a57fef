"""Korean family names in Hangul, Han and Latin letters, and Han characters of given names.

Family names keep spellings that no system of romanisation gives (Lee, Park, Choi, Roh), so they
stand in a table; given names are read by rule.
"""

from __future__ import annotations

_TABLE = """
김 金 kim gim ghim
이 李 lee yi ri rhee rhie li i yee rhi
박 朴 park pak bak bahk pahk paak
최 崔 choi choe choy chwe
정 鄭丁程郑 chung jung jeong chong jong cheong joung jeoung jeung
강 姜康 kang gang khang
조 趙曺曹赵 cho jo joh choh joe
윤 尹 yoon yun youn
장 張蔣莊张庄 chang jang tjang
임 林任 lim im rim yim leem rhim
한 韓韩 han hahn
오 吳呉吴 oh o
서 徐 seo suh so sur seoh
신 申辛愼 shin sin shinn
권 權権权 kwon gwon kwun kweon
황 黃黄 hwang whang hoang
안 安 ahn an
송 宋 song
유 柳劉兪庾刘 yoo yu ryu you ryoo lyu yoou ryou rhyu
홍 洪 hong
전 全田錢钱 jeon chun jun chon jon cheon jeun
고 高 ko go koh goh
문 文 moon mun
양 梁楊杨 yang ryang
손 孫孙 son sohn
배 裵裴 bae pae bai pai bay
백 白 baek paek paik back baik paick beak
허 許许 huh heo hur ho hoh
남 南 nam
심 沈 shim sim
노 盧魯卢鲁 roh noh no ro rho
하 河 ha hah
곽 郭 kwak gwak
성 成 sung seong song
차 車车 cha
주 朱周 joo ju chu choo
우 禹 woo wu u oo
구 具丘 koo ku gu goo
민 閔 min
나 羅罗 na ra rha nah
진 陳秦晋陈 jin chin
지 池智 ji chi jee
엄 嚴厳严 um eom uhm om aum
채 蔡 chae
원 元 won weon
천 千 cheon chun chon choun
방 方房 bang pang
공 孔 kong gong
현 玄 hyun hyeon hyon
함 咸 ham hahm
변 卞邊边辺 byun byeon pyon byon pyun
염 廉 yeom yum yom ryom youm
여 呂余吕 yeo yuh ryo yo
추 秋 choo chu
도 都 do to doh toh
소 蘇苏 so soh
석 石昔 seok suk sok
선 宣 sun seon
설 薛 seol sul sol
마 馬马 ma mah
길 吉 gil kil gill
연 延 yeon youn yon
위 魏 wi wee
표 表 pyo phyo
명 明 myung myeong myong
기 奇 ki gi kee
반 潘 ban pan
왕 王 wang
금 琴 keum geum kum
옥 玉 ok ock
육 陸陆 yuk yook ryuk
인 印 in
맹 孟 maeng
제 諸诸 je
모 牟毛 mo
탁 卓 tak tark
국 鞠 kuk gook kook guk
어 魚鱼 eo uh
은 殷 eun
편 片 pyun pyeon pyon
용 龍竜龙 yong ryong
예 芮 ye
경 慶庆 kyung kyeong gyeong
봉 奉 bong pong
사 史 sa
부 夫 boo bu pu
태 太 tae thae
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
목 睦 mok mock
범 范 bum beom pom
팽 彭 paeng
서문 西門 seomun
동방 東方 dongbang
"""

_GIVEN = """
석錫锡碩奭石 열悅悦烈說 섭燮 종鍾宗鐘 재在載宰才栽 명明命銘 태泰兌兑太 용龍容鏞用勇溶庸龙
현顯鉉賢玄炫現泫显贤 훈勳勛薰訓熏 수秀洙壽守樹寿 준俊濬峻埈準駿凖 규奎圭珪揆糾葵 은恩銀殷
근槿根近瑾 혜惠慧彗恵 희姬熙喜希熹姫嬉憙 숙淑肅 순順純淳舜 선善先宣仙璿鮮 일日一逸壹鎰
정正政貞廷晶楨靜禎炡靖汀 성成聖星盛誠性 철哲喆澈鐵鉄 호浩昊虎湖鎬豪皓 진振眞珍進鎭晋真震
영榮泳映英寧永暎瑛荣栄 원元源遠媛 식植式湜軾寔 광光洸廣广広 관寬冠官琯 경京慶敬景卿炅庚 대大
동東棟動 길吉 상相尙尚商祥想 창昌滄昶暢 의義宜儀議毅 인仁寅麟 민民敏旻旼珉玟 기基起琪祺箕騏淇
문文汶 병炳秉柄丙 국國国 덕德悳徳 승承勝昇升丞 율律栗 도道度導 중重中仲 세世 연然淵延妍娟 미美
형炯衡亨 욱昱旭郁煜 웅雄熊 운雲運云 윤潤允胤倫 신信臣 학學鶴学 효孝曉 록祿錄 남南男楠 주周柱宙珠
봉鳳奉 하夏河賀 산山 건建健 배培 찬贊燦瓚讚 해海 부富 겸謙 몽夢 안安 표杓彪 류柳 보甫輔 필弼泌
천天千 구九求 한漢翰韓 화和華 무武茂 두斗 강江剛康 복福 춘春 추秋 삼三 택澤沢宅 왕旺 균均鈞 옥玉
실實 지志智芝知 우宇雨佑祐愚 유裕有 흥興 홍洪弘鴻 환煥桓歡奐 백白伯 서瑞緖 제濟 행幸 례禮 경璟
조祖 극克 엽燁葉 빈彬斌 노魯 락樂洛 장長 정鼎 만萬万 오五 영鈴 라羅 리利 림林琳 련蓮 량亮良 력力
갑甲 을乙 곤坤 교敎教 란蘭 순珣
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
