"""What other modules may use of identity."""

from karavan.modules.identity.actions.end_sessions import end_sessions
from karavan.modules.identity.actions.oauth import (
    OAuthAnswer,
    abandon_oauth,
    finish_oauth,
    link_identity,
    provider_named,
)
from karavan.modules.identity.actions.refresh_session import refresh_session
from karavan.modules.identity.actions.register_user import (
    confirm_email,
    register_user,
    set_platform_role,
)
from karavan.modules.identity.actions.set_password import store_hash
from karavan.modules.identity.actions.start_session import Visitor, start_session
from karavan.modules.identity.actions.switch_session import switch_session
from karavan.modules.identity.actions.update_profile import set_avatar, update_profile
from karavan.modules.identity.emails import Email, email_key, normalise_email, require_email
from karavan.modules.identity.errors import (
    InvalidCredentialsError,
    OAuthDeniedError,
    OAuthLinkRequiredError,
    OAuthRefusedError,
    OAuthStateError,
    OAuthUnavailableError,
    RefreshRefusedError,
    RegistrationRefusedError,
    RegistrationTokenError,
)
from karavan.modules.identity.passwords import (
    PasswordHasher,
    PasswordText,
    check_new_password,
    hash_password,
    use_hasher,
    verify_password,
)
from karavan.modules.identity.permissions import ACCOUNT_MANAGE
from karavan.modules.identity.pictures import picture_url, use_picture_links
from karavan.modules.identity.ports import (
    OAUTH_PROVIDERS,
    Authorization,
    ExternalIdentity,
    OAuthProvider,
)
from karavan.modules.identity.queries import (
    Account,
    Login,
    account_of,
    accounts_of,
    demo_user_ids,
    find_linked_login,
    find_login,
    login_of,
)
from karavan.modules.identity.tokens import (
    SessionTokens,
    credentials_of_token,
    credentials_reader,
    new_opaque_token,
    signed,
    token_hash,
    unsigned,
)
from karavan.modules.identity.web import (
    DatabaseOf,
    Doorway,
    DoorwayOf,
    Providers,
    SettingsOf,
    VisitorOf,
    clear_session_cookies,
    oauth_browser_of,
    refresh_cookie_of,
    set_session_cookies,
)
from karavan.modules.identity.wordings import account_exists_wording, send_notice

__all__ = [
    "ACCOUNT_MANAGE",
    "OAUTH_PROVIDERS",
    "Account",
    "Authorization",
    "DatabaseOf",
    "Doorway",
    "DoorwayOf",
    "Email",
    "ExternalIdentity",
    "InvalidCredentialsError",
    "Login",
    "OAuthAnswer",
    "OAuthDeniedError",
    "OAuthLinkRequiredError",
    "OAuthProvider",
    "OAuthRefusedError",
    "OAuthStateError",
    "OAuthUnavailableError",
    "PasswordHasher",
    "PasswordText",
    "Providers",
    "RefreshRefusedError",
    "RegistrationRefusedError",
    "RegistrationTokenError",
    "SessionTokens",
    "SettingsOf",
    "Visitor",
    "VisitorOf",
    "abandon_oauth",
    "account_exists_wording",
    "account_of",
    "accounts_of",
    "check_new_password",
    "clear_session_cookies",
    "confirm_email",
    "credentials_of_token",
    "credentials_reader",
    "demo_user_ids",
    "email_key",
    "end_sessions",
    "find_linked_login",
    "find_login",
    "finish_oauth",
    "hash_password",
    "link_identity",
    "login_of",
    "new_opaque_token",
    "normalise_email",
    "oauth_browser_of",
    "picture_url",
    "provider_named",
    "refresh_cookie_of",
    "refresh_session",
    "register_user",
    "require_email",
    "send_notice",
    "set_avatar",
    "set_platform_role",
    "set_session_cookies",
    "signed",
    "start_session",
    "store_hash",
    "switch_session",
    "token_hash",
    "unsigned",
    "update_profile",
    "use_hasher",
    "use_picture_links",
    "verify_password",
]
