"""Title, publisher, host and day, as the kinds of page put them."""

from datetime import date

import pytest

from liantu.reading import Document, read_document

BODY = (
    "今年以来，全市重点产业链完成产值612.4亿元，同比增长8.5%，增速快于规上工业3.2个百分点，"
    "链主企业稳定在22户，投资持续加大。"
)


def read(text: str) -> Document:
    return read_document(text.encode(), "页面.txt")


def kind_of(document: Document, start: str) -> str:
    return next(b.kind for b in document.blocks if document.text.clean.startswith(start, b.start))


@pytest.mark.parametrize(
    ("head", "publisher", "host"),
    [
        ("2024-05-06 来源：太原日报", "太原日报", None),
        ("2024年05月06日 14:22 新浪财经", "新浪财经", None),
        ("发布时间：2024-05-06 | 来源：清徐县融媒体中心 | 浏览次数：123", "清徐县融媒体中心", None),
        ("太原发布 2024-05-06 18:30 山西", "太原发布", None),
        ("原创 张三 太原发布 2024年05月06日 18:30 山西", "太原发布", None),
        ("2024-05-06 18:30 山西", None, None),
    ],
)
def test_date_lines(head: str, publisher: str | None, host: str | None) -> None:
    document = read(f"太原产业链跑出加速度\n\n{head}\n\n{BODY}\n")
    assert document.title == "太原产业链跑出加速度"
    assert (document.publisher, document.host) == (publisher, host)
    assert document.published == date(2024, 5, 6)


def test_a_wechat_account_that_reprints_a_paper_is_the_host() -> None:
    document = read(
        f"太原产业链跑出加速度\n太原发布 2024-05-06 18:30 山西\n点击蓝字关注我们\n{BODY}\n{BODY}\n来源：太原日报\n编辑：王五\nEND\n往期推荐\n某市：总投资99亿元\n"
    )
    assert (document.publisher, document.host) == ("太原日报", "太原发布")
    assert kind_of(document, "某市") == "boilerplate"
    assert kind_of(document, "来源") == "byline"


def test_a_page_of_a_paper() -> None:
    document = read(
        f"山西日报\n2024年5月6日 星期一 第1版 要闻\n\n产业链跑出加速度\n——来自太原的报告\n本报记者 张三 李四\n\n{BODY}\n"
    )
    assert document.title == "产业链跑出加速度——来自太原的报告"
    assert (document.publisher, document.published) == ("山西日报", date(2024, 5, 6))


def test_a_wire_story() -> None:
    assert read(f"山西产业链稳步发展\n\n新华社太原5月6日电（记者张三）{BODY}\n").publisher == "新华社"


def test_a_notice_that_issues_a_plan_has_the_plans_title() -> None:
    document = read(
        "晋政办发〔2024〕18号\n\n山西省人民政府办公厅\n关于印发山西省重点产业链提质行动方案的通知\n\n各市、县人民政府：\n"
        f"《山西省重点产业链提质行动方案》已经同意，现印发给你们。\n\n山西省人民政府办公厅\n2024年5月6日\n（此件公开发布）\n\n山西省重点产业链提质行动方案\n\n{BODY}\n"
    )
    assert document.title == "山西省重点产业链提质行动方案"
    assert document.publisher == "山西省人民政府办公厅"
    assert document.published == date(2024, 5, 6)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("二〇二四年八月十二日", date(2024, 8, 12)),
        ("二○一九年十二月三十一日", date(2019, 12, 31)),
        ("（二〇二〇年十月十日）", date(2020, 10, 10)),
        ("二〇二一年二月二十日", date(2021, 2, 20)),
    ],
)
def test_dates_written_out(written: str, day: date) -> None:
    document = read(f"关于重点产业链的通知\n\n{BODY}\n\n太原市工业和信息化局\n{written}\n")
    assert document.published == day
    assert document.published_span is not None
    assert document.text.raw[slice(*document.published_span)] == written.strip("（）")


def test_an_impossible_date_is_no_date() -> None:
    assert read(f"太原产业链跑出加速度\n\n2024-13-45 来源：太原日报\n\n{BODY}\n").published is None


def test_interview_questions_are_text_not_credits() -> None:
    document = read(
        f"发布会实录\n\n2024-05-06 来源：太原发布\n\n{BODY}\n记者：请问有哪些突破？\n市长：谢谢提问，新增链主企业3户。\n"
    )
    assert kind_of(document, "记者：请问") == "paragraph"
    assert kind_of(document, "市长") == "paragraph"


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("更新日期：2024年5月6日", date(2024, 5, 6)),
        ("日期：2024.05.06", date(2024, 5, 6)),
        ("时间：2024年5月6日上午", date(2024, 5, 6)),
        ("成文日期：2024年4月28日　　发布日期：2024年5月6日", date(2024, 5, 6)),
        ("发布单位：太原市工业和信息化局　　征求意见截止：2024年6月10日　　发布时间：2024-05-06", date(2024, 5, 6)),
        ("二〇二四年五月六日", date(2024, 5, 6)),
        ("来源：太原日报　更新时间：2024-05-07　发布时间：2024-05-06", date(2024, 5, 6)),
        ("征求意见截止：2024年6月10日", None),
    ],
)
def test_labels_say_which_day_is_that_of_publication(head: str, day: date | None) -> None:
    assert read(f"太原产业链跑出加速度\n\n{head}\n\n{BODY}\n").published == day


def test_the_day_of_a_press_conference_counts_only_when_no_better_one_is_there() -> None:
    head = "重点产业链专场新闻发布会实录\n\n时间：2024年5月6日上午\n发布人：市工业和信息化局局长　程立新\n经开区管委会主任　白野\n主持人：陶宁\n"
    talk = "主持人：各位记者朋友，大家好！\n程立新：大家上午好。\n"
    transcript = read(f"{head}\n{talk}{BODY}\n")
    assert transcript.published == date(2024, 5, 6)
    assert transcript.publisher is None
    assert [kind_of(transcript, start) for start in ("发布人", "经开区", "主持人：陶", "主持人：各", "程立新")] == [
        *["dateline"] * 3,
        *["paragraph"] * 2,
    ]
    assert read(f"{head}\n{talk}{BODY}\n\n太原市政府新闻办公室\n2024年5月8日\n").published == date(2024, 5, 8)


def test_a_note_of_first_publication_names_paper_and_day() -> None:
    document = read(f"一只碗的答案\n——走访记\n\n{BODY}\n\n（原载《朔州日报》2024年5月6日3版）\n")
    assert (document.publisher, document.published) == ("朔州日报", date(2024, 5, 6))
    assert kind_of(document, "（原载") == "dateline"
    issue = read(f"一支叶片的远行\n□ 燕北工业周刊记者　秦筱\n\n{BODY}\n\n（燕北工业周刊　2024年5月6日　第21期）\n")
    assert (issue.publisher, issue.host, issue.published) == ("燕北工业周刊", None, date(2024, 5, 6))
    assert kind_of(issue, "□") == "byline"


def test_a_report_is_dated_by_the_meeting_that_heard_it() -> None:
    document = read(
        f"政府工作报告（摘要）\n——2024年1月10日在太原市第十五届人民代表大会第四次会议上\n市长　白野\n\n{BODY}\n"
    )
    assert document.published == date(2024, 1, 10)
    assert kind_of(document, "市长") == "dateline"


def test_lines_above_and_below_a_headline_belong_to_it_when_a_date_line_closes_the_head() -> None:
    document = read(f"锚定目标不放松\n太原产业链跑出加速度\n——来自一线的报告\n2024-05-06 来源：太原日报\n\n{BODY}\n")
    assert document.title == "锚定目标不放松 太原产业链跑出加速度——来自一线的报告"
    plain = read(f"太原产业链跑出加速度\n2024-05-06 来源：太原日报\n一张钢牵出一条链\n{BODY}\n")
    assert plain.title == "太原产业链跑出加速度"
    assert kind_of(plain, "一张钢") == "heading"


def test_a_bulletin_of_one_article_has_the_articles_title() -> None:
    head = "产业链工作简报\n（第31期）\n太原市产业链专班　2024年5月6日\n"
    one = read(f"{head}新材料产业链召开调度会\n{BODY}\n一、运行情况\n{BODY}\n")
    assert (one.title, one.publisher) == ("新材料产业链召开调度会", "太原市产业链专班")
    several = read(f"{head}新材料产业链召开调度会\n{BODY}\n清徐县建成标准厂房\n{BODY}\n")
    assert several.title == "产业链工作简报（第31期）"


@pytest.mark.parametrize(
    "line",
    [
        "签发：严立　　核稿：沈宁　　拟稿：朱辰　　电话：0351-7288000",
        "发：各县（市、区）人民政府　（共印60份）",
        "（共印60份）",
        "解读机关：太原市发展和改革委员会　联系电话：0351-3590000",
        "意见反馈：a2021@163.com，传真0351-3000000。",
        "相关新闻：清徐：农网改造惠及3.6万户",
        "（全文详见市政府门户网站）",
    ],
)
def test_lines_of_the_office_say_nothing(line: str) -> None:
    document = read(f"太原产业链跑出加速度\n\n2024-05-06 来源：太原日报\n\n{BODY}\n{BODY}\n\n{line}\n")
    assert document.blocks[-1].kind == "boilerplate"


def test_an_advertisement_between_its_marks_goes_and_the_text_around_it_stays() -> None:
    document = read(
        f"粉香满城\n龙城发布 2024-05-06 18:30 广西\n{BODY}\n——广告——\n组合装6袋仅需49.9元！\n——广告——\n{BODY}\n"
    )
    assert [b.kind for b in document.blocks][2:] == ["paragraph", *["boilerplate"] * 3, "paragraph"]


def test_a_circular_is_dated_where_it_is_signed_with_contacts_below() -> None:
    document = read(
        f"关于调整目标的函\n并工信函〔2024〕86号\n各牵头单位：\n{BODY}\n附件：1.目标分解表 2.项目台账\n"
        "太原市工业和信息化局\n2024年5月6日\n（联系人：运行科　尹航　0351-3100000）\n"
    )
    assert document.published == date(2024, 5, 6)
    assert kind_of(document, "太原市工业和信息化局") == "dateline"
    assert kind_of(document, "（联系人") == "boilerplate"


PORTAL = "索 引 号：  014000000/2024-01234      主题分类：  工业\n发文机关：  太原市人民政府办公室      成文日期：  2024年4月28日\n标      题：  关于印发产业链行动方案的通知\n发文字号：  并政办发〔2024〕5号      发布日期：  2024年5月6日\n\n太原市人民政府办公室\n关于印发产业链行动方案的通知\n\n各县（市、区）人民政府："
PORTAL_LINES = "索引号\n014000/2024-01234\n发文机关\n太原市人民政府办公室\n成文日期\n2024-04-28\n发布日期\n2024-05-06\n文号\n并政办发〔2024〕5号\n\n太原市人民政府办公室关于印发产业链行动方案的通知\n\n各县（市、区）人民政府："
TITLE = "太原产业链跑出加速度"


@pytest.mark.parametrize(
    ("head", "title", "publisher"),
    [
        (PORTAL, "太原市人民政府办公室关于印发产业链行动方案的通知", "太原市人民政府办公室"),
        (PORTAL_LINES, "太原市人民政府办公室关于印发产业链行动方案的通知", "太原市人民政府办公室"),
        (
            f"人民网>>山西频道>>产业\n{TITLE}\n2024年05月06日08:30 | 来源：人民网－山西频道\n小字号",
            TITLE,
            "人民网-山西频道",
        ),
        (
            f"太原日报\n第01版：要闻　上一版　下一版　2024年05月06日　星期一\n（肩题）锚定新目标\n{TITLE}\n（副题）开局良好\n本报记者　白野",
            f"锚定新目标 {TITLE}——开局良好",
            "太原日报",
        ),
        (f"{TITLE}\n原创 白野 太原发布\n2024年05月06日 10:00 山西\n点击蓝字 关注我们", TITLE, "太原发布"),
        (f"{TITLE}\n2024/5/6 10:00 | 太原市工业和信息化局 | 点击：100", TITLE, "太原市工业和信息化局"),
        (
            "太原市工信动态\n第12期\n太原市工业和信息化局编　　2024年5月6日\n本期要目\n□ 产业链调度\n□ 项目进展",
            "太原市工信动态（第12期）",
            "太原市工业和信息化局",
        ),
        (
            f"太原市人民政府门户网站\nwww.example.gov.cn\n首页 政务公开 政务服务 互动交流\n当前位置： 首页 > 新闻动态 > 要闻\n{TITLE}\n发布时间： 2024-05-06 08:10 信息来源： 太原日报 字号： [ 大 中 小 ]",
            TITLE,
            "太原日报",
        ),
    ],
)
def test_heads_of_portals_papers_and_accounts(head: str, title: str, publisher: str) -> None:
    document = read(f"{head}\n\n{BODY}\n{BODY}\n")
    assert (document.title, document.publisher, document.published) == (title, publisher, date(2024, 5, 6))


def test_a_draft_is_dated_by_the_meeting_it_was_laid_before() -> None:
    document = read(f"发展规划纲要（草案摘编）\n（2024年5月6日提请市第十五届人民代表大会第四次会议审议）\n{BODY}\n")
    assert document.published == date(2024, 5, 6)
    assert document.title == "发展规划纲要（草案摘编）"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("（图片由受访者提供）", "caption"),
        ("（发布会文字由速记整理，未经本人审阅）", "byline"),
        (">>广告：粉条5斤装29.9元包邮，订购热线400<<", "boilerplate"),
        ("附件：1.目标分解表 2.项目台账（共213项）", "boilerplate"),
        ("2024年5月6日", "dateline"),
    ],
)
def test_lines_below_an_article(line: str, kind: str) -> None:
    document = read(f"太原产业链跑出加速度\n{BODY}\n{BODY}\n{line}\n")
    assert document.blocks[-1].kind == kind


TOWN_STORY = "云浦镇：小镇里的大产业\n\n初冬的云浦镇，车间里机器轰鸣。今年前三季度，全镇实现产值12.4亿元，同比增长8.1%，税收增长更快。\n\n"


@pytest.mark.parametrize(
    ("below", "publisher"),
    [
        ("（原载2024年3月1日《赣南观察》第3版）", "赣南观察"),
        ("刊于2024年3月1日《赣南日报》", "赣南日报"),
        ("《赣南日报》（2024年3月1日 第01版）", "赣南日报"),
        ("（2024年3月1日《赣南日报》1版头条）", None),
        ("转自《赣南日报》2024年3月1日 责编 李四", "赣南日报"),
        ("2024-03-01 赣南日报", "赣南日报"),
        ("（记者 王丹）\n2024-03-01 赣南日报", "赣南日报"),
        ("发布时间：2024年3月1日", None),
        ("2024年03月01日 星期五", None),
        ("（云浦县融媒体中心2024年3月1日供稿）", "云浦县融媒体中心"),
        ("来源：赣南日报，2024年3月1日", "赣南日报"),
    ],
)
def test_the_day_below_the_text(below: str, publisher: str | None) -> None:
    document = read_document((TOWN_STORY + below + "\n").encode(), "样例.txt")
    assert document.published == date(2024, 3, 1)
    if publisher is not None:
        assert document.publisher == publisher
    assert document.blocks[-1].kind in ("dateline", "byline")


@pytest.mark.parametrize("below", ["（截稿时间：2024年3月1日）", "2024年3月1日，新线投产"])
def test_a_day_below_the_text_that_tells_something_else(below: str) -> None:
    assert read_document((TOWN_STORY + below + "\n").encode(), "样例.txt").published is None


def test_an_endless_imprint_is_read_in_no_time() -> None:
    assert read_document((TOWN_STORY + "网报" * 24 + "2024年3月1日!\n").encode(), "样例.txt").published is None
