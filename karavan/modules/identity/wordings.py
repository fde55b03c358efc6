"""What identity writes to people, in their language."""

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.mail import send_mail
from karavan.modules.identity.queries import Login
from karavan.settings import Settings


class Wording(Struct, frozen=True):
    """A short notice by e-mail."""

    title: str
    body: str


_ACCOUNT_EXISTS = {
    "en": Wording(
        "You already have an account",
        "Somebody, perhaps you, tried to register with this address. It already has an account: sign in, or reset "
        "your password. If it was not you, nothing has changed and there is nothing to do.",
    ),
    "ru": Wording(
        "У вас уже есть аккаунт",
        "Кто-то, возможно вы, попытался зарегистрироваться с этим адресом. Аккаунт для него уже существует: войдите "
        "или сбросьте пароль. Если это были не вы, ничего не изменилось и делать ничего не нужно.",
    ),
    "kk": Wording(
        "Сізде аккаунт бар",
        "Біреу, мүмкін өзіңіз, осы мекенжаймен тіркелмек болды. Бұл мекенжайға аккаунт ашылған: жүйеге кіріңіз немесе "
        "құпиясөзді қалпына келтіріңіз. Егер бұл сіз болмасаңыз, ештеңе өзгерген жоқ, ештеңе істеудің қажеті жоқ.",
    ),
}

_PASSWORD_CHANGED = {
    "en": Wording(
        "Your password was changed",
        "The password of your account has been changed and your other sessions have ended. If it was not you, reset "
        "your password at once.",
    ),
    "ru": Wording(
        "Ваш пароль изменён",
        "Пароль вашего аккаунта изменён, остальные сеансы завершены. Если это были не вы, немедленно сбросьте пароль.",
    ),
    "kk": Wording(
        "Құпиясөзіңіз өзгертілді",
        "Аккаунтыңыздың құпиясөзі өзгертілді, басқа сеанстар аяқталды. Егер бұл сіз болмасаңыз, құпиясөзді дереу "
        "қалпына келтіріңіз.",
    ),
}


def account_exists_wording(locale: str) -> Wording:
    """For the owner of an address that somebody tried to register again."""
    return _ACCOUNT_EXISTS.get(locale, _ACCOUNT_EXISTS["en"])


def password_changed_wording(locale: str) -> Wording:
    """For somebody whose password was changed."""
    return _PASSWORD_CHANGED.get(locale, _PASSWORD_CHANGED["en"])


async def send_notice(
    session: AsyncSession, settings: Settings, login: Login, wording: Wording, *, key: str
) -> None:
    """Mail a notice about the account to its owner.

    Args:
        key: names the reason; a second notice for the same reason is not sent.
    """
    await send_mail(
        session,
        to=login.email,
        template="notification",
        locale=login.locale,
        context={
            "title": wording.title,
            "body": wording.body,
            "link": f"{settings.base_url}/sign-in",
            "settings_link": f"{settings.base_url}/app/settings",
        },
        idempotency_key=key,
    )
