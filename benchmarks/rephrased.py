"""How often a sound report is accused once one of its sentences is said a little otherwise.

Run with `python benchmarks/rephrased.py [SET [TIMES]]`: every sound document of the set of the conformance
suite (default `clean`) is changed TIMES (default 5) times, each time in one or two places of one sentence
with a number, on disclosure, requests or cases: another word for the same thing, another mark, a remark, the
number before its thing. What was found in the document as it stands counts for nothing. The changes are
blind, so a few make a sentence wrong; whoever reads the list sees which.
"""

import random
import re
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # before this folder, whose monitor.py hides the package

from tests.conformance.documents import documents_of, failures, text_of  # noqa: E402

SEED = 20261122
MOST_CHANGES = 2
WORDS = tuple(
    tuple(line.split("|"))
    for line in (
        "收到|受理|接收|接到",
        "新收|新收到|新增|新受理|年内新收",
        "办结|办理完毕|答复|处理完毕|办结答复|完成答复",
        "政府信息公开申请|信息公开申请|依申请公开事项|依申请公开件|政府信息申请",
        "行政复议案件|复议案件|行政复议|复议申请",
        "行政诉讼案件|诉讼案件|行政诉讼|行政诉讼案",
        "自然人|公民个人|个人|公民",
        "商业企业|企业|公司",
        "其中|其中，|其中：|当中，|具体为：",
        "上年|去年|上年度|上一年度",
        "予以公开|同意公开|全部公开|给予公开",
        "部分公开|区分处理|部分予以公开",
        "不予公开|不公开|决定不公开",
        "无法提供|不能提供|未能提供",
        "不予处理|不作处理",
        "其他处理|作其他处理|其它处理",
        "尚未审结|未审结|在审|仍在审理",
        "复议后起诉|经复议后起诉|复议后诉讼",
        "未经复议直接起诉|直接起诉|未经复议直接诉讼",
        "均|都|全部|悉数",
        "我局|本局|我单位|本单位",
        "全年|本年度|年内|报告期内|当年",
        "网络|网上|网站|在线",
        "信函|邮寄|来信|信件",
        "当面|现场|窗口",
        "共|总共|共计|合计",
    )
)
MARKS = (("。", "；"), ("；", "。"), ("，", "；"), ("、", "，"), ("、", "和"), ("、", "与"))
REMARKS = ("（详见附表）", "（含延期答复）", "（见第三部分表格）", "（附后）")
ASIDES = ("，按照规定要求，", "，经审查，", "，据统计，", "，截至年底，")
OUTCOMES = "予以公开|部分公开|不予公开|无法提供|不予处理"
_SENTENCE = re.compile(r"[^。\n]*\d[^。\n]*。?")
_ON_TOPIC = re.compile("申请|复议|诉讼|办结|答复|公开")


def main() -> None:
    """Print the changes that made a sound report be accused, and how many they are."""
    name = sys.argv[1] if len(sys.argv) > 1 else "clean"
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    rng = random.Random(SEED)
    tried = accused = 0
    for document in documents_of(name):
        text = text_of(name, document)
        known = {finding.message for finding in failures(text)}
        for _ in range(times):
            sentence, changed = _rephrase(text, rng)
            tried += 1
            found = [
                item for item in failures(text.replace(sentence, changed, 1)) if item.message not in known
            ]
            accused += bool(found)
            for item in found:
                print(f"  {document}: {changed.strip()[:160]} | {item.rule}: {item.message[:120]}")
    print(f"accused in {accused} of {tried} rephrased sound reports ({accused / tried:.2%})")


def _rephrase(text: str, rng: random.Random) -> tuple[str, str]:
    """Return a sentence of a report and what it is changed to."""
    sentences = [match.group() for match in _SENTENCE.finditer(text) if _ON_TOPIC.search(match.group())]
    sentence = changed = rng.choice(sentences)
    for _ in range(rng.randint(1, MOST_CHANGES)):
        changed = rng.choice(CHANGES)(changed, rng)
    return (sentence, changed) if changed != sentence else _rephrase(text, rng)


def _another_word(sentence: str, rng: random.Random) -> str:
    usual = [words for words in WORDS if words[0] in sentence]
    if not usual:
        return sentence
    words = rng.choice(usual)
    return _at_one_place(re.escape(words[0]), lambda _match: rng.choice(words[1:]), sentence, rng)


def _another_mark(sentence: str, rng: random.Random) -> str:
    old, new = rng.choice(MARKS)
    return _at_one_place(old, lambda _match: new, sentence, rng)


def _remark(sentence: str, rng: random.Random) -> str:
    counted = r"\d[条件个次](?=[，、；。])"
    return _at_one_place(counted, lambda match: match.group() + rng.choice(REMARKS), sentence, rng)


def _aside(sentence: str, rng: random.Random) -> str:
    return _at_one_place("，", lambda _match: rng.choice(ASIDES), sentence, rng)


def _number_first(sentence: str, rng: random.Random) -> str:
    return _at_one_place(
        rf"({OUTCOMES})(\d+)件",
        lambda match: f"{match[2]}件{rng.choice(('', '属于'))}{match[1]}",
        sentence,
        rng,
    )


def _in_words(sentence: str, rng: random.Random) -> str:
    return _at_one_place(
        r"(?<![\d.%年月])[1-9](?=件)", lambda match: "零一两三四五六七八九"[int(match.group())], sentence, rng
    )


def _at_one_place(
    pattern: str, new: Callable[[re.Match[str]], str], sentence: str, rng: random.Random
) -> str:
    places = list(re.finditer(pattern, sentence))
    if not places:
        return sentence
    match = rng.choice(places)
    return sentence[: match.start()] + new(match) + sentence[match.end() :]


CHANGES = (_another_word, _another_word, _another_mark, _remark, _aside, _number_first, _in_words)


if __name__ == "__main__":
    main()
