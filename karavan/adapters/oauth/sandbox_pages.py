"""The sandbox's pages: plain HTML without script, styled by one file of its own."""

from html import escape

from starlette.responses import HTMLResponse

_LABELS = {"google": "Google", "github": "GitHub", "facebook": "Facebook"}
_CARRIED = (
    "client_id",
    "redirect_uri",
    "response_type",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
    "nonce",
)

STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 26rem; padding: 2rem 1rem; }
form { display: grid; gap: 1rem; }
label { display: grid; gap: .25rem; }
label.line { grid-template-columns: auto 1fr; align-items: center; gap: .5rem; }
input { font: inherit; padding: .5rem; }
button { font: inherit; min-height: 2.75rem; padding: .5rem 1rem; }
.buttons { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; }
"""


def _page(title: str, body: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(
        "<!doctype html>"
        f'<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="/dev/oauth/style.css"></head>'
        f"<body><main>{body}</main></body></html>",
        status_code=status,
    )


def consent_page(provider: str, asked: dict[str, str]) -> HTMLResponse:
    """Who do you want to be, and do you allow it?"""
    label = _LABELS[provider]
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(asked[name])}">'
        for name in _CARRIED
        if name in asked
    )
    note = (
        "<p>Facebook never says whether an address is verified.</p>"
        if provider == "facebook"
        else ""
    )
    return _page(
        f"{label} sandbox",
        f"<h1>{label} sandbox</h1>"
        f"<p>This page stands in for {label}. Karavan asks to know your name and e-mail address.</p>"
        f'<form method="post">{hidden}'
        '<label>E-mail address <input type="email" name="email" autocomplete="off"'
        ' value="aigerim@example.org"></label>'
        '<label>Name <input name="name" autocomplete="off" value="Aigerim Nurlanova"></label>'
        '<label class="line"><input type="checkbox" name="verified" value="yes" checked>'
        " The address is verified</label>"
        f"{note}"
        '<div class="buttons"><button name="decision" value="allow">Allow</button>'
        '<button name="decision" value="deny" formnovalidate>Deny</button></div></form>',
    )


def refusal_page(problem: str) -> HTMLResponse:
    """What is wrong with the request."""
    return _page(
        "Sandbox", f"<h1>This request cannot be answered</h1><p>{escape(problem)}</p>", 400
    )
