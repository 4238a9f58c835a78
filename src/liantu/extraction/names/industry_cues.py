"""Words and turns of phrase by which an industry is known, or known not to be one, in a list or before a tail."""

from __future__ import annotations

import re

CLUSTER = frozenset({"产业集群", "制造业集群", "集群"})
LISTED_TAILS = frozenset(
    {"领域", "板块", "赛道", "支柱"}
)  # close a list of industries only when they are counted or 等 leads
OWN_TAIL = re.compile(r"(?:产业|产业链|产业集群|行业|经济)$")
BARE = re.compile(r"(?:全产业链|产业链|产业集群|产业|行业|集群)$")
SKIP = re.compile(
    r"^(?:[两二三四五六七八九十0-9一多几]+(?:大|条|个|类|种)?|[大条个类等的级、万亿千]|优势|特色|主导|支柱|新兴|传统|重点|战略性|未来"
    r"|百亿级|千亿级|万亿级|[百千]亿|亿元|现代|先进|高端|(?:省级|市级|县级|国家级)重点|省级|市级|国家级|县级|工业|专业化|具有|发展|基础|成长|潜力|为代表|标志性|重要|核心"
    r"|关键|为主|主要|富民|农业|乡村|产业|朝阳|首位|培育|这|这一|这个|这些|这两|这几|当之无愧|名副其实|[一两二三四五六七八九十]大)$"
)
ENDING = re.compile(
    r"(?:制造|加工|装备|材料|业|经济|服务|金融|物流|医药|电子|能源|旅游|康养|化工|汽车|电池|锻造|铸造|医疗|健康|制品|合金|半导体|芯片|食品|纺织"
    r"|冶金|航空|航天|信息|数据|智能|生物|环保|建材|机械|器械|文旅|光伏|储能|氢能|机器人|家居|服装|造纸|设备|交通|商务|娱乐|创意|休闲|塑料"
    r"|钢|纤维|法兰|酒|醋|茶|果|菜|药材|玻璃|陶瓷|电器|终端|传感器|芯|链条)$"
)
# What is told of an industry that is there: its firms counted, its output, its fame.
TOLD_AFTER = re.compile(
    r"^(?:产业)?(?:链)?(?:上)?(?:规上|规模以上|链上|加工|制造|配套|及配套)*企业[^，。；、]{0,6}\d"
    r"|^(?:产业|全产业链)?(?:实现|完成)?(?:总)?(?:产值|营收|营业收入|销售额|销售收入|产业规模)|^之[都乡]|^名城|^大[市县省]"
)
COUNTED_FIRMS = re.compile(r"(?:\d|[一二三四五六七八九十百千])(?:多|余)?[家户个](?:规上|规模以上)?$")
GROWN = re.compile(r"^(?:增加值|产值|投资)?(?:同比|比上年)?(?:增长|下降|加快)")
PREDICATE = re.compile(
    r"(?:主导|支柱|优势|特色|头号|首位|看家|传统优势|战略|拳头|当家|名片|新兴|先导|龙头)产业|传统优势|产业之一|第一支柱"
    r"|压舱石|顶梁柱|增长点|半壁江山|支柱$"
)
SAID_TO_BE = re.compile(
    r"^(?:为)?(?:[一两二三四五六七八九十]大)?(?:[^，。；]{0,4})?(?:主导|支柱|主攻|重点|特色|龙头|首位|核心产业|拳头)"
)
ABOUT_INDUSTRY = re.compile(
    r"协同|联动|转型|升级|互补|结构|基础|布局|体系|政策|园|工人|项目|基金|合作|融合|大脑|数字化|链接|承接|转移|配套|工程|创新|振兴|扶贫|帮扶|协作|对接|化|引导|集聚|空间|规划|领域|服务|联盟|技术|研究|学院|人才|组织|资源"
)
# 新能源产业基金, 光伏产业园: the industry only qualifies what follows.
NO_CHAIN_AFTER = re.compile(
    r"^(?:产业)?(?:基金|学院|专项|研究院|协会|大会|论坛|博览会|展|职业|专班|强镇|链?链长制|全链条|总产值|局|部门|专家)"
)
# 被誉为“钻石产业”, 产品涵盖…: a comparison, and what goods there are, name no industry.
CALLED = re.compile(r"(?:誉为|称为|称作|堪称|视为)[“「]?$")
GOODS_OF = frozenset({"产品", "品类", "业务", "服务"})
# Sectors of the national accounts: their growth is told of every place.
SECTORS = frozenset(
    {"高技术制造业", "制造业", "农业", "工业", "林业", "渔业", "畜牧业", "建筑业", "金融业", "房地产业", "种植业"}
)
SINGLE = frozenset("钛铜铝镁锂钢煤酒茶菌药竹瓷醋梨枣橙牛羊猪鱼虾蟹丝棉纸鞋表锁盐硅钨锡锌镍氢碳糖稻麦薯参蜂花玉")
NO_INDUSTRY = frozenset(
    {
        "战略",
        "市委",
        "书记",
        "目标",
        "行动",
        "计划",
        "城市",
        "区域",
        "空间",
        "环境",
        "市场",
        "资源",
        "人才",
        "资本",
        "土地",
    }
)
LINKS = ("、", "和", "与", "及", "以及", "+", "＋")
CLOSED = frozenset({"p", "c", "uj", "ul", "u", "uv", "r", "m", "q", "t", "f", "y", "d", "mq", "zg", "i"})
# Between a thing and what it is said to be: 煤炭 仍 是第一支柱.
STILL = frozenset({"已", "已经", "现已", "正", "一直", "也", "更", "仍", "仍然", "依然", "还", "都", "就", "始终"})
# Heads that name no industry by themselves: 旅游休闲用品, but not 用品.
HEADS = frozenset({"用品", "制品", "产品", "材料", "设备", "器材", "装备", "加工", "制造", "服务", "园区经济"})
# Only words that class an industry: 优势特色产业.
ONLY_CLASS = re.compile(
    r"^(?:优势|特色|主导|重点|支柱|新兴|传统|战略性|未来|现代|先进|千亿级|百亿级|骨干|龙头|首位)+(?:产业|产业链|产业集群)?$"
)
# Verbs that stand inside the names of industries.
NOUN_VERBS = frozenset(
    {"休闲", "注塑", "印刷", "包装", "养殖", "种植", "回收", "冶炼", "深加工", "贸易", "设计", "检测", "循环", "集成"}
)
# 来自储能电池、电子信息等行业的企业家: guests, not industries of the place.
FROM = re.compile(r"来自[^，。；]{0,30}$")
# What may be taken for the beginning of an industry's name.
LEAD_WORDS = re.compile(
    r"^(?:（[^（）]{1,8}）|全[省市县区州镇乡旗]|该?(?:集团|公司|企业)|该[省市县区州镇乡旗]|[我本][省市县区州镇]|其中|[该本全](?:园区|区|县|市|镇)(?:首位|主导|支柱|特色|优势)产业|(?:首位|主导|支柱)产业|园区|发展壮大|新增省级|新增|全产业链|产业链|推进|推动|做强|做优|做大)(?=.{2})"
)
