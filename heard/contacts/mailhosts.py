"""Mail hosts that serve everyone: sharing one says nothing about an employer."""

SHARED = frozenset(
    {
        "aol.com",
        "bluewin.ch",
        "btinternet.com",
        "comcast.net",
        "fastmail.com",
        "free.fr",
        "gmail.com",
        "gmx.ch",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hey.com",
        "hotmail.com",
        "hotmail.co.uk",
        "icloud.com",
        "laposte.net",
        "libero.it",
        "live.com",
        "mac.com",
        "mail.com",
        "mail.ru",
        "me.com",
        "msn.com",
        "orange.fr",
        "outlook.com",
        "outlook.de",
        "pm.me",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "sky.com",
        "t-online.de",
        "tutanota.com",
        "verizon.net",
        "virginmedia.com",
        "wanadoo.fr",
        "web.de",
        "yahoo.co.uk",
        "yahoo.com",
        "yahoo.de",
        "yahoo.fr",
        "yandex.ru",
        "zoho.com",
    }
)


def is_shared(domain: str) -> bool:
    """Whether people of any employer have addresses at this host."""
    return domain.lower() in SHARED
