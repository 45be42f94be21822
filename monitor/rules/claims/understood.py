"""Whether every word of a number is understood: 部门及乡镇被复议8件 is perhaps not the body's own.

A claim against a table rests on the words before and behind its number. Where one of them is not among
those that say nothing but whose requests and cases these are, how they came and what became of them, the
number may be of a part, of others or of another time, and nobody is accused for it. This came from 100
sound reports full of such numbers: words that forbid (other channels, levels, parties) can be listed
without end, those that are harmless nearly all occur in a few hundred real reports.
"""

from __future__ import annotations

import re

from monitor.rules.body_names import in_order

_OF_THE_TABLES = """
    政府信息公开 信息公开 依申请公开 依申请 政府信息 政务信息 相关信息 政务公开 申请公开 公开 信息
    行政复议 行政诉讼 行政应诉 复议机关 复议 诉讼 起诉 应诉 被诉 案件 法院 判决 裁定 裁决 申请书
    申请件 申请人 申请 事宜 来信 来函 信 诉求 请求 要求 事项 办件 信件 件数 数量 总数 总量 数 量
"""
"""What tables 3 and 4 count."""
_DONE = """
    收到 新收 接到 接收 接受 登记 承接 受理 办理 办结 答复 回复 办复 处理 结转 转结 转接 转入 结案
    办毕 完成 跨年 顺延 沟通 不服 胜诉 败诉 指明 补充 说明 寄送 邮寄送达 予以 准予 同意 拒绝 不予
    部分 无法 提供 本机关 掌握 告知 作出 决定 维持 纠正 纠错 撤销 驳回 撤诉 撤回 撤案 终止 责令 重新 变更
    确认 违法 未经 直接 审结 审理 在审 发生 出现 产生 引发 引起 提起 提请 提出 提交 递交 涉及 属于 经过 审查
    名义 继续 完毕 办
"""
"""What is done with requests and cases."""
_ROWS = """
    损害 侵害 侵犯 认定 不清楚 清楚
    国家秘密 禁止公开 禁止 法律 行政法规 三安全一稳定 危及 保护 第三方 合法权益 三类内部事务信息 内部事务信息
    内部事务 四类过程性信息 过程性信息 过程性 行政执法案卷 执法案卷 行政查询 查询 信访 举报 投诉
    重复 公开出版物 出版物 无正当理由 大量反复 现成 另行 制作 加工 补正 内容 明确 不清 逾期 缴费
    缴纳 费用 收费 通知 重新出具 已获取 存在 区分 权益 安全 稳定 秘密 敏感 结果 行政行为 具体
"""
"""The rows of table 3, in full or in short."""
_BY_WHOM = """
    自然人 法人 组织 商业 企业 公司 科研 机构 社会公益 公益 法律服务 律师事务所 律师 公民 个人 群众 牧民
    村民 居民 市民 社会公众 公众 社会 单位 原告 网上 网站 网络 线上 线下 信函 邮寄 邮件 当面 平台 现场
    专栏 当场 传真 书面 渠道 途径 方式 方向 形式 申请表 办事处 街道 人民政府 行政机关 机关 政府 学校 办公室
    办公厅 政府办 牵头 代表市政府 代表县政府 代表区政府 代表政府
    各级·各部门 各级各部门 各级 向管委会 我局 我委
    我镇 我乡 我县 我区 我市 我省 我办 我厅 我街道 我单位 我院 我校 本局 本委 本镇 本乡 本县 本区
    我中心 我所 我站 我馆 我社 我公司 本中心 本院 本校
    本市 本省 本街道 本单位 本部门 我部门 全区 全市 全县 全镇 全乡 全省
    全州 全旗 全盟 全苏木 我州 我旗 我盟 我苏木 本州 本旗 全街道 全局 全委 全厅
"""
"""Who asks, in which way, and the body as it calls itself."""
_WHEN = """
    上年度 上一年度 上年 去年 今年 本年度 本年 当年 下一年度 下年度 下一年 下年 次年 明年 截至 月底
    现 截止 报告期末 统计期末 期末 年末 年底 年内 全年 年度 以来
    年 尚未 尚有 仍有 正在 已经 期限 法定 规定 时限
"""
"""When it was."""
_SMALL = """
    查 相关材料 材料 涉 形成 由此 因为公开的事 公开的事
    算上 律所 农户 办结情形 要公开出版物 悉数 前一年 带过来 带来
    头年 来年 办完 没办完 剩下 剩余 剩 留下 留 转来 转过来 过来 下来 反复大量 大量 给 提的
    提了 里面 里头 里 新来 加起来 要办 要处理 其他情形 又 后者 前者 为主 多数 大头 较多 居首
    其中 另有 另外 还有 其余 其他 其它 没有 共计 总计 合计 累计 均为 全部 依法 依规 按时 按期 及时
    剩余 加上 连同 包括 包含 分别 实际 相关 有关 各类 针对 关于 按照 规范 除去 除 且 内 性 主体 独立
    上述 以上 当中 构成 加之 作其他处理 主要理由 理由 排在前三位 居多 最多
    条例 任何 方面 同一 类型 来自 一致 工作 情况 事务 原因 需要 待 尚 仍 另 还 有 无 未 没 共 总 计 均 都 已
    余 加 含 为 是 的 了 过 和 或 及 与 至 到 入 于 中 在 等 以 因 由 被 对 向 属 来 从 经 通过 原
    获 按 应 需 新 收 结 并 后 予 类 度 件 起 宗 份 条 次 人 家 项 个 名 位 例 其 再 者 所 不 转 案
    系 即 分 占 零 一 二 两 三 四 五 六 七 八 九 十 百 千 万 本 该 此 这 上 下 照 还是 而 也 曾
"""
"""Words that only join others."""
_WORDS = f"{_OF_THE_TABLES} {_DONE} {_ROWS} {_BY_WHOM} {_WHEN} {_SMALL}".split()
_KNOWN = re.compile("|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)))
_NAME = re.compile(
    r"(?:(?<![一-龥])|(?<=年)|(?<=年度)|(?<=[由被]))(?:(?!各|等|及|和|与|或|直|属|级|因|由|被|对|向|收|受|共|其中)[一-龥]){1,20}?"
    r"(?:人民政府|委员会|管委会|办公[厅室]|办事处|街道|政府|分局|局|委|厅|镇|乡|学院|大学|支队|大队|总队)"
)
"""Whoever is named alone; whether it is the body itself is asked elsewhere."""
_NOT_CJK = re.compile(r"[^一-龥]+")


def strange_words(text: str, own: str) -> str:
    """Return the first words in a claim's text that are not understood, or ""; `own` is the body's name."""
    rest = _KNOWN.sub("·", _NAME.sub("·", _NOT_CJK.sub("·", text)))
    return next(
        (words for words in _NOT_CJK.split(rest) if words and not in_order(words.lstrip("我本该"), own)), ""
    )
