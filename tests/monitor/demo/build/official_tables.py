"""The three official tables of the 2021 format as grids of cells, for every kind of document."""

from dataclasses import dataclass

REQUEST_COLUMNS = 7
OUTCOME_GROUPS = (
    ("（一）予以公开", ("granted",), ()),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ("granted_in_part",), ()),
    (
        "（三）不予公开",
        (
            "denied_state_secret", "denied_prohibited_by_law", "denied_public_security",
            "denied_third_party_rights", "denied_internal_affairs", "denied_process_information",
            "denied_enforcement_file", "denied_administrative_query",
        ),
        (
            "1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益",
            "5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项",
        ),
    ),
    (
        "（四）无法提供",
        ("unavailable_not_held", "unavailable_needs_creation", "unavailable_unclear_request"),
        ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"),
    ),
    (
        "（五）不予处理",
        (
            "not_processed_petition", "not_processed_repeated", "not_processed_publication",
            "not_processed_excessive", "not_processed_reissue",
        ),
        (
            "1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请",
            "5.要求行政机关确认或重新出具已获取信息",
        ),
    ),
    (
        "（六）其他处理",
        ("other_no_correction", "other_unpaid_fee", "other_other"),
        (
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "3.其他",
        ),
    ),
    ("（七）总计", ("processed_total",), ()),
)  # fmt: skip
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
REMEDY_LABELS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


@dataclass(frozen=True)
class Cell:
    """A cell at its top-left place; covered places have none."""

    text: str
    columns: int = 1
    rows: int = 1


def disclosure(figures):
    """Table 2, four columns; `figures` maps rows to their printed values."""

    def three(label, key):
        return [Cell(label), *(Cell(value) for value in figures.get(key, "0 0 0").split())]

    def one(label, key):
        return [Cell(label), Cell(figures.get(key, "0"), columns=3)]

    heads = [[Cell(f"第二十条第（{item}）项", columns=4)] for item in "一五六八"]
    decisions = [Cell("信息内容"), Cell("本年处理决定数量", columns=3)]
    return [
        heads[0],
        [Cell("信息内容"), Cell("本年制发件数"), Cell("本年废止件数"), Cell("现行有效件数")],
        three("规章", "rules"),
        three("行政规范性文件", "normative_documents"),
        heads[1],
        decisions,
        one("行政许可", "licensing"),
        heads[2],
        decisions,
        one("行政处罚", "penalties"),
        one("行政强制", "coercion"),
        heads[3],
        [Cell("信息内容"), Cell("本年收费金额（单位：万元）", columns=3)],
        one("行政事业性收费", "fees"),
    ]


def requests(figures):
    """Table 3, ten columns: three of labels, seven of figures."""

    def numbers(key):
        return [Cell(value) for value in figures.get(key, "0 0 0 0 0 0 0").split()]

    rows = [
        [Cell(CORNER, columns=3, rows=3), Cell("申请人情况", columns=REQUEST_COLUMNS)],
        [Cell("自然人", rows=2), Cell("法人或其他组织", columns=5), Cell("总计", rows=2)],
        [Cell(label) for label in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
        [Cell("一、本年新收政府信息公开申请数量", columns=3), *numbers("received")],
        [Cell("二、上年结转政府信息公开申请数量", columns=3), *numbers("carried_in")],
    ]
    outcomes = []
    for label, keys, labels in OUTCOME_GROUPS:
        for position, key in enumerate(keys):
            if not labels:
                left = [Cell(label, columns=2)]
            elif position == 0:
                left = [Cell(label, rows=len(keys)), Cell(labels[0])]
            else:
                left = [Cell(labels[position])]
            outcomes.append([*left, *numbers(key)])
    outcomes[0].insert(0, Cell("三、本年度办理结果", rows=len(outcomes)))
    return [*rows, *outcomes, [Cell("四、结转下年度继续办理", columns=3), *numbers("carried_forward")]]


def remedies(figures):
    """Table 4, fifteen columns."""
    labels = [Cell(label) for label in REMEDY_LABELS]
    groups = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    values = [value for group in groups for value in figures.get(group, "0 0 0 0 0").split()]
    return [
        [Cell("行政复议", columns=5), Cell("行政诉讼", columns=10)],
        [
            *(Cell(label, rows=2) for label in REMEDY_LABELS),
            Cell("未经复议直接起诉", columns=5),
            Cell("复议后起诉", columns=5),
        ],
        [*labels, *labels],
        [Cell(value) for value in values],
    ]


TABLES = {"disclosure": disclosure, "requests": requests, "remedies": remedies}
