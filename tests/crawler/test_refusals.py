# ruff: noqa: E501 - pages stand here as firewalls, portals and strangers write them
"""Pages with status 200 that are not what was asked for: none of them is ok, in either encoding."""

import pytest

from archive.records import Role, Verdict
from crawler.hijack import gambling_words
from crawler.verdicts import Answer, judge

ARTICLE, LIST, FILE = Role.ARTICLE, Role.LIST, Role.ATTACHMENT
URLS = {
    ARTICLE: "http://www.a.gov.cn/zwgk/nb/202501/t20250101_1.html",
    LIST: "http://www.a.gov.cn/zwgk/nb/",
    FILE: "http://www.a.gov.cn/system/_content/download.jsp?id=3",
}
MENU = "<ul>" + "".join(f"<li><a href='/c{n}/'>政务公开{n}</a></li>" for n in range(40)) + "</ul>"
FOOT = "<div>主办：某某区人民政府办公室 网站标识码4113030001 版权所有 2025</div>"
LOGO = "<img src='/logo.png'><img src='/qr.jpg'>"
CASINO = "".join(f"<a href='/x{n}.html'>百家乐开户{n}</a>" for n in range(30))


def html(title: str, body: str) -> str:
    """A page."""
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head><body>{body}</body></html>"


def framed(text: str, title: str = "某某区人民政府") -> str:
    """A text within the site's frame."""
    return html(title, f"{LOGO}{MENU}<div>{text}</div>{FOOT}")


REFUSED = {
    "aliyun": (ARTICLE, html("405", "很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。<p>您的请求ID是：7b</p>")),
    "baota": (ARTICLE, html("网站防火墙", "<h1>您的请求带有不合法参数，已被网站管理员设置拦截！</h1>")),
    "safedog": (ARTICLE, html("网站访问报错", "您的请求带有不合法参数，已被网站管理员设置拦截！<p>如果您是网站管理员，请登录安全狗</p>")),
    "chuangyudun": (ARTICLE, html("创宇盾", "<p>当前访问疑似黑客攻击，已被创宇盾拦截。</p>")),
    "safeline": (ARTICLE, html("拦截", "<h2>请求存在威胁，已被拦截</h2><p>事件ID 2384</p>")),
    "nsfocus": (ARTICLE, html("WAF", "<h1>您的访问请求可能对网站造成安全威胁，请求已被绿盟 WAF 阻断。</h1>")),
    "gateway": (LIST, html("403", "<p>Web 应用安全网关：您的请求被阻止</p>")),
    "edgeone": (ARTICLE, html("", "<p>EdgeOne 正在验证您的请求</p><script>window.EO_Bot_Ssid='1'</script>")),
    "slide-en": (ARTICLE, html("Verify", "<p>Please slide to verify</p><script src='https://g.alicdn.com/AWSC/awsc.js'></script>")),
    "puzzle": (ARTICLE, html("验证", "<p>拖动滑块，使图片角度为正</p>")),
    "click": (ARTICLE, html("请稍候", "<p>请依次点击图中的文字</p><script src='/v.js'></script>")),
    "code": (LIST, html("访问控制", "<form>为了保证您的正常访问，请输入图中字符<input name='code'></form>")),
    "blacklist": (ARTICLE, html("系统提示", "<p>对不起，您的IP(1.2.3.4)已被列入黑名单，禁止访问</p>")),
    "abroad": (ARTICLE, html("提示", "<p>您所在的地区暂时无法访问本网站，仅限境内用户访问。</p>")),
    "robot": (ARTICLE, html("提示", "<p>检测到您正在使用自动化程序（爬虫）访问，请停止。</p>")),
    "fast": (LIST, html("温馨提示", "<p>您的操作过快，请稍后再试！</p>")),
    "framed-often": (ARTICLE, framed("您的访问过于频繁，请输入验证码后继续访问 <input name=captcha>")),
    "framed-often-list": (LIST, framed("请求过于频繁，请稍后再试")),
    "framed-slider": (LIST, framed("<div id='slider'></div><script src='/slide.js'></script>", "安全验证 - 某某区")),
    "cookie": (ARTICLE, "<html><body><script>document.cookie='wzws_cid=12';location.reload();</script></body></html>"),
    "punish": (LIST, '{"rgv587_flag":"sm","url":"https://x/_____tmd_____/punish"}'),
    "api-401": (LIST, '{"code":401,"message":"请求未授权","success":false}'),
    "download": (FILE, html("下载验证", "<form>请输入验证码后下载<input name=c><img src='/c.jpg'></form>")),
}  # fmt: skip

USELESS = {
    "obfuscated": (ARTICLE, "<script>var _0x4c=['\\x63'];(function(){document.cookie=_0x4c[0]+'='+'1';location.href='/a?__=1'})()</script>"),
    "refresh": (LIST, "<html><head><meta http-equiv='refresh' content='0;url=/captcha?u=/nb/'></head><body></body></html>"),
    "sum": (LIST, html("校验", "<form>请计算：3+5=?<input name='answer'></form><script>var x=1</script>")),
    "waiting-room": (ARTICLE, html("排队", "<p>当前访问人数过多，请耐心等待</p><script>setTimeout(1)</script>")),
    "dead": (ARTICLE, framed("抱歉，您要查看的文章已经不存在了")),
    "dead-column-title": (ARTICLE, framed("该稿件还在路上", "政府信息公开年报-某某区人民政府")),
    "review": (ARTICLE, framed("该内容正在审核中，暂不能查看")),
    "building": (ARTICLE, framed("页面建设中，敬请期待")),
    "unheard-of": (ARTICLE, framed("哎呀，它不见了，换个地方看看吧")),
    "long-sidebar": (ARTICLE, framed("您访问的信息不存在！" + "<p>近年来，各项工作稳步推进，群众满意度持续提升。</p>" * 20)),
    "empty-body": (ARTICLE, framed("<div id='content'></div><script src='/load.js'></script>")),
    "login": (ARTICLE, html("用户登录", "<form>请登录后查看<input name=u><input type=password><button>登录</button></form>")),
    "sso": (LIST, html("统一身份认证", "<form>用户名<input>密码<input type=password>验证码<input></form>")),
    "wifi": (LIST, html("上网认证", "<form>欢迎使用无线网络，请输入手机号获取短信验证码上网</form>")),
    "alert": (ARTICLE, "<script>alert('该文章不存在！');history.back();</script>"),
    "provider": (ARTICLE, "<html><script>location.href='http://ad.isp.com/?u='+location.href</script><body><iframe src='http://ad.isp.com'></iframe></body></html>"),
    "for-sale": (LIST, html("a.gov.cn is for sale", "<h1>This domain may be for sale</h1><a href='http://x.com/1'>Buy this domain</a><a href='http://x/2'>Hotels</a>")),
    "for-sale-cn": (LIST, html("域名出售", "<h1>该域名正在出售</h1><a href='http://buy.com/'>点击购买</a>")),
    "nginx": (LIST, html("Welcome to nginx!", "<h1>Welcome to nginx!</h1><p>Further configuration is required.</p><a href='http://nginx.org/'>nginx.org</a>")),
    "iis": (LIST, html("IIS Windows Server", "<a href='http://go.microsoft.com'><img src='iisstart.png'></a>")),
    "no-site": (LIST, html("没有找到站点", "<h1>没有找到站点</h1><p>您的请求在Web服务器中没有找到对应的站点！</p>")),
    "unfiled": (LIST, html("未备案提示", "<p>该网站暂时无法进行访问</p><p>该网站未根据工信部相关法规进行备案</p>")),
    "closed": (LIST, html("公告", "<p>按照上级要求，本网站已于2024年12月31日关停，相关内容请访问 <a href='http://b.gov.cn'>新网站</a></p>")),
    "php": (ARTICLE, "<br /><b>Fatal error</b>: Uncaught PDOException: SQLSTATE[HY000] Connection refused in /www/index.php:12"),
    "database": (ARTICLE, html("", "数据库连接失败，请检查配置")),
    "asp.net": (ARTICLE, html("运行时错误", "<h1>“/”应用程序中的服务器错误。</h1><p>说明: 服务器上出现应用程序错误。</p>")),
    "spring": (ARTICLE, html("", "<h1>Whitelabel Error Page</h1><p>This application has no explicit mapping for /error</p>")),
    "api-500": (ARTICLE, '{"code":500,"msg":"系统繁忙，请稍后再试","data":null}'),
    "vue": (LIST, html("某某区", "<noscript>We're sorry but portal doesn't work without JavaScript enabled.</noscript><div id=app></div><script src=/app.js></script>")),
    "template": (LIST, html("某某区", "<div id='app'><li v-for='item in list'><a :href='item.url'>{{item.title}}</a></li></div><script src='/a.js'></script>")),
    "loading": (ARTICLE, html("正文", "<div id='content'>正在加载中，请稍候……</div><script src='/a.js'></script>")),
    "casino-list": (LIST, html("bet365官网-亚博体育", CASINO)),
    "casino-article": (ARTICLE, html("澳门新葡京娱乐场|官网", "<p>澳门新葡京最新网址，真人荷官在线发牌，六合彩开奖</p>" * 20)),
    "download-code": (FILE, html("附件下载", "<div>附件下载需要输入验证码</div><form action='download.jsp'><input></form>")),
}  # fmt: skip

USEFUL = {
    "pictures": (ARTICLE, framed("<h1>某某区财政局2024年政府信息公开工作年度报告</h1><img src='/1.jpg'><img src='/2.jpg'>")),
    "file": (ARTICLE, framed("<a href='/P020250116.docx'>附件</a>", "某某区")),
    "servlet": (ARTICLE, framed("<a href='/module/download/downfile.jsp?id=4'>点击下载</a>", "某某区")),
    "frame": (ARTICLE, html("正文", "<iframe src='/inner.html'></iframe>")),
    "inner-list": (ARTICLE, framed("<a href='/1.html'>某某局2023年政府信息公开年报</a>", "某某局")),
    "traditional-numerals": (ARTICLE, framed("<h2>二〇二四年度政府信息公开工作报告</h2>", "某某局")),
    "home": (LIST, framed("欢迎您", "某某区人民政府门户网站")),
    "login-box": (LIST, framed("用户登录 验证码 <input> <a href='/1.html'>某某局2023年政府信息公开年报</a>")),
    "empty-column": (LIST, html("政府信息公开年报", "<a href='/'>首页</a> 暂无内容")),
    "shell-of-frame": (LIST, html("年报", "<iframe src='/list?page=1'></iframe>")),
    "news-of-casino": (LIST, framed("<a href='/1.html'>我区打掉一网络博彩团伙</a><a href='/2.html'>2024年政府信息公开年报</a>")),
}  # fmt: skip


def verdict_of(case: tuple[Role, str], encoding: str) -> Verdict:
    """What is said of a page that came with status 200."""
    role, text = case
    content = text.replace("charset='utf-8'", f"charset='{encoding}'").encode(encoding)
    return judge(Answer(200, {}, content, URLS[role], role)).verdict


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("name", REFUSED)
def test_refusal_with_status_200_is_never_ok(name, encoding):
    """The host has declined, or its page needs a browser: nothing is concluded from it."""
    assert verdict_of(REFUSED[name], encoding) in {Verdict.DECLINED, Verdict.JS_SHELL}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("name", USELESS)
def test_page_that_shows_nothing_of_its_own_is_never_ok(name, encoding):
    """Errors in any words, shells, parked names, strangers' pages."""
    assert verdict_of(USELESS[name], encoding) not in {Verdict.OK, Verdict.UNCHANGED}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("name", USEFUL)
def test_page_with_little_text_but_a_report_stays_ok(name, encoding):
    """What a report may be in: pictures, files, frames, a list."""
    assert verdict_of(USEFUL[name], encoding) is Verdict.OK


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (html("bet365体育", framed("正文")), ("bet365",)),
        (html("某某区", CASINO + "<a href='/'>亚博</a>"), ("百家乐", "亚博")),
        (USEFUL["news-of-casino"][1], ()),
        (html("某某区", "公安局取缔一处博彩窝点"), ()),
    ],
)
def test_injected_words_are_told_and_honest_news_is_not(page, expected):
    """One word in the head, or two on the page."""
    assert gambling_words(page.encode(), whole=True) == expected
    assert gambling_words(page.encode("gb18030"), whole=True) == expected
