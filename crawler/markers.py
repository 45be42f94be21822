"""What challenge pages, error pages and shells say of themselves, as byte patterns.

Each Chinese phrase is looked for in UTF-8 and in GB18030, so that nothing has to be decoded.
"""

from __future__ import annotations

import re

_SCRIPTS = """
$_ts|_$jsvmprt|__jsl_clearance|acw_sc__v|aliyun_waf|/_guard/|cf-chl|challenge-platform|__cf_chl
yunsuo_session|security_verify_|security_session|wzws|WZWS|__tst_status|EO_Bot_Ssid|TCaptcha
geetest|initNECaptcha|sliderCaptcha|slidercaptcha|SliderCaptcha|slideVerify|AliyunCaptcha|awswaf
rgv587_flag|_____tmd_____|AWSC/awsc|.safeline|incapsula|_Incapsula_|nwaf|NWAF|safedog|yundun|waf_captcha|probe.js|g-recaptcha|dx-captcha|captcha
"""
_REFUSAL = """
访问过于频繁|请求过于频繁|操作过于频繁|访问频率过|频繁访问|请求频繁|操作过快|访问得太快|访问太快|您的访问被|访问被拒绝|访问被阻断
访问被禁止|访问被拦截|请求被拦截|请求被拒绝|请求被阻止|请求已被|已被拦截|设置拦截|盾拦截|疑似攻击|疑似黑客|包含恶意|造成安全威胁
存在威胁|攻击行为|攻击请求|列入黑名单|自动化程序|网络爬虫访问|检查您的浏览器|浏览器环境|进入等候室|滑动验证|滑块验证|拖动滑块|滑动滑块
完成下列验证|请完成验证|人机验证|正在验证您
仅限境内|地区暂时无法访问|地区无法访问|您的IP|当前IP|Please slide to verify
"""
_CHALLENGE = (
    _REFUSAL
    + """
人机验证|安全验证|滑动验证|滑块验证|拖动滑块|滑动滑块|向右滑动|请完成验证|完成验证|完成下列验证|访问验证|请输入验证码
点击验证|依次点击|图中字符|图片中的字符|请计算|验证您是|正在验证|您的访问被|访问被拒绝|访问被阻断|访问被禁止|访问被拦截|请求被拦截|已被拦截|请求被拒绝|拒绝访问
禁止访问|您没有权限|Web应用防护|网站防火墙|应用防火墙|云防护|防护系统|不合法的参数|包含恶意|疑似攻击|浏览器安全检查
正在进行安全检测|安全检测中|访问过于频繁|请求过于频繁|操作过于频繁|访问频率过|频繁访问|请求频繁|您的IP|当前IP
Access Denied|Access denied|access denied|Just a moment|Attention Required|Request blocked|Request Blocked
security check|Checking your browser|Please enable cookies|Verifying you are human|Robot Check
"""
)
_MISSING = """
要查看的文章|文章已经不存在|未发布|正在审核|建设中，敬请|域名已过期|域名正在出售|页面不存在|页面未找到|页面没有找到|找不到页面|找不到该页|找不到您|无法找到|未找到您|没有找到您|页面丢失|页面走丢|页面已删除
已被删除|已经被删除|已删除或|不存在或已|不存在或者|文章不存在|信息不存在|内容不存在|稿件不存在|栏目不存在|文件不存在
该信息已被|该信息已删|您访问的页面|您访问的内容|您访问的文章|您要访问的页面|您查看的页面|您请求的页面|你访问的页面
该页无法显示|页面已下线|内容已下线|信息已下线|已撤稿|参数错误|非法参数|出错了|发生错误|系统错误|系统异常|服务器错误
404错误|404页面|Not Found|not found|Page not found|HTTP Status 404|HTTP Status 500
"""
_CLOSED = """
系统维护|网站维护|维护中|正在维护|正在升级|升级维护|升级改造|暂停服务|暂停访问|网站已关闭|已关停|网站改版|进行改版|站点已关闭|网站迁移|服务不可用
Service Unavailable|Bad Gateway|Gateway Time-out|under maintenance
"""
_SHELL = """
启用JavaScript|启用 JavaScript|开启JavaScript|开启 JavaScript|enable JavaScript|支持JavaScript|启用javascript
"""
_REPORT = """
政府信息公开申请|主动公开政府信息|行政复议|结转下年度|总体情况|需要报告的事项
"""


def _phrases(text: str) -> list[str]:
    return [phrase for line in text.split("\n") for phrase in line.split("|") if phrase]


def _pattern(text: str) -> re.Pattern[bytes]:
    """Compile phrases; blanks are left out, as they are in what `verdicts` looks at."""
    phrases = [phrase.replace(" ", "") for phrase in _phrases(text)]
    spellings = {phrase.encode(encoding) for phrase in phrases for encoding in ("utf-8", "gb18030")}
    return re.compile(b"|".join(re.escape(spelling) for spelling in sorted(spellings)))


CHALLENGE_SCRIPTS = tuple(phrase.encode() for phrase in _phrases(_SCRIPTS))
"""Parts of scripts and addresses; they count only on pages that show almost nothing else."""
CHALLENGE_WORDS = _pattern(_CHALLENGE)
REFUSAL_WORDS = _pattern(_REFUSAL)
"""Words that only a refusal says, also inside a site's frame."""
MISSING_WORDS = _pattern(_MISSING)
CLOSED_WORDS = _pattern(_CLOSED)
SHELL_WORDS = _pattern(_SHELL)
REPORT_WORDS = _pattern(_REPORT)
SECTION_NAMES = tuple((name.encode(), name.encode("gb18030")) for name in _phrases(_REPORT))
"""Names from a report's sections, each in its two spellings."""
DISCLOSURE_WORDS = _pattern("公开|年报|年度报告|人民政府|局|街道|办事处|委员会")
REPORT_NAME = re.compile(
    b"|".join(
        rb"(?:20\d\d|%b).{0,12}%b.{0,120}(?:%b|%b)"
        % tuple(word.encode(encoding) for word in ("二", "年", "报告", "年报"))
        for encoding in ("utf-8", "gb18030")
    )
)
"""A title by which a page calls itself the report of a year."""
REPORT_LINK = re.compile(
    b"|".join(
        rb"<a\b[^>]*>[^<]{0,120}(?:20\d\d[^<]{0,120}%b|%b[^<]{0,40}20\d\d)" % (word, word)
        for word in (name.encode(code) for name in ("公开", "年度报告") for code in ("utf-8", "gb18030"))
    )
)
"""A link that names a year and disclosure: what a list of reports holds, and no empty shell does."""
ERROR_TITLE = re.compile(rb"^(?:40\d|50\d|error\b)", re.IGNORECASE)
REFUSED_TITLE = re.compile(rb"^40[13](?!\d)")
PAGE_DATA = (b"_CONFIG", b"<datastore", b"<recordset", b"<record>")
"""Data that a family's own script turns into a page: such a page is no empty shell."""
