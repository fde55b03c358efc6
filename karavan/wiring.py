"""Which adapter serves which port: the one choice that server and worker share."""

from karavan.adapters.email.sandbox import SandboxTransport
from karavan.adapters.email.smtp import SmtpTransport
from karavan.adapters.oauth import oauth_providers
from karavan.adapters.storage.object_store import open_storage
from karavan.kit.mail import MAIL_TRANSPORT
from karavan.kit.services import Services
from karavan.kit.signing import install_keys
from karavan.kit.storage import STORAGE
from karavan.modules.identity.public import OAUTH_PROVIDERS
from karavan.settings import Settings


def services_for(settings: Settings) -> Services:
    """The services that these settings ask for. Nothing is connected to before it is used."""
    install_keys(settings)
    services = Services()
    services.provide(
        MAIL_TRANSPORT, SmtpTransport(settings.smtp) if settings.smtp.host else SandboxTransport()
    )
    services.provide(STORAGE, open_storage(settings))
    services.provide(OAUTH_PROVIDERS, oauth_providers(settings))
    return services
