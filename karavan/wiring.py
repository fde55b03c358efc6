"""Which adapter serves which port: the one choice that server and worker share."""

from karavan.adapters.email.sandbox import SandboxTransport
from karavan.adapters.fetching.http import HttpFetcher
from karavan.adapters.llm.openai_compatible import OpenAICompatibleModel
from karavan.adapters.oauth import oauth_providers
from karavan.adapters.storage.object_store import open_storage
from karavan.adapters.vision import open_classifier
from karavan.kit.fetching import FETCHER
from karavan.kit.mail import MAIL_TRANSPORT, MailTransport
from karavan.kit.services import Services
from karavan.kit.signing import install_keys
from karavan.kit.storage import STORAGE
from karavan.modules.assistant.public import LANGUAGE_MODEL
from karavan.modules.catalogue.public import (
    FORBIDDEN_BY_DEFAULT,
    SEARCH_INDEX,
    PostgresSearchIndex,
    ReviewPolicy,
    find_price_list,
    use_review_policy,
)
from karavan.modules.identity.public import OAUTH_PROVIDERS, use_picture_links
from karavan.modules.invoicing.public import use_trade
from karavan.modules.links.public import use_price_lists
from karavan.modules.media.public import PICTURE_CLASSIFIER, content_url
from karavan.modules.orders.public import have_ordered
from karavan.modules.procurement.public import have_dealt
from karavan.settings import Settings


def services_for(settings: Settings) -> Services:
    """The services that these settings ask for. Nothing is connected to before it is used."""
    install_keys(settings)
    use_picture_links(lambda media_id: content_url(media_id, "256"))
    words = settings.catalogue.forbidden_words
    use_review_policy(
        ReviewPolicy(
            settings.catalogue.review, FORBIDDEN_BY_DEFAULT if words is None else tuple(words)
        )
    )
    use_price_lists(find_price_list)
    use_trade([have_ordered, have_dealt])
    services = Services()
    services.provide(MAIL_TRANSPORT, _mail_transport(settings))
    services.provide(STORAGE, open_storage(settings))
    services.provide(FETCHER, HttpFetcher())
    services.provide(OAUTH_PROVIDERS, oauth_providers(settings))
    model = settings.language_model
    services.provide(LANGUAGE_MODEL, OpenAICompatibleModel(model) if model.base_url else None)
    services.provide(PICTURE_CLASSIFIER, open_classifier(settings.vision))
    services.provide(SEARCH_INDEX, PostgresSearchIndex())
    return services


def _mail_transport(settings: Settings) -> MailTransport:
    if not settings.smtp.host:
        return SandboxTransport()
    # Its library is not read in where no mail leaves.
    from karavan.adapters.email.smtp import SmtpTransport

    return SmtpTransport(settings.smtp)
