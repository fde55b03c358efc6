"""Names of files: what people called them, made safe to show, store and download."""

import re
import unicodedata
from urllib.parse import quote

from karavan.modules.media.models import MediaFile
from karavan.modules.media.picture_forms import CONTENT_TYPES

NAME_MAX_CHARACTERS = 150

# Characters that would break a header, hide an extension (right-to-left override) or mean a path somewhere.
_UNSAFE = re.compile(
    r'[\x00-\x1f\x7f<>:"|?*\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]'
)


def safe_name(name: str, extensions: tuple[str, ...]) -> str:
    """A file name without path or control characters that ends in an extension of its real type.

    Args:
        extensions: those that suit the content, the usual one first; it is added when the name has none of them.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    cleaned = " ".join(_UNSAFE.sub("", last).split()).rstrip(" .")
    stem, dot, extension = cleaned.rpartition(".")
    if dot and extension.lower() in extensions:
        cleaned, extension = stem, extension.lower()
    else:
        extension = extensions[0]
    kept = NAME_MAX_CHARACTERS - len(extension) - 1
    return f"{cleaned[:kept].strip(' .') or 'file'}.{extension}"


def content_disposition(name: str, *, inline: bool) -> str:
    """The header that names a download: ASCII for old clients, UTF-8 for all others (RFC 6266, RFC 5987)."""
    kind = "inline" if inline else "attachment"
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r'["\\%]', "", plain).strip()
    stem = plain.rpartition(".")[0].strip(" ._-")
    fallback = plain if stem else f"file.{plain.rpartition('.')[2]}"
    return f"{kind}; filename=\"{fallback}\"; filename*=UTF-8''{quote(name, safe='')}"


def variant_type(file: MediaFile, variant: str) -> str:
    """The content type of a variant: told by its ending where it has one, else that of the file."""
    return CONTENT_TYPES.get(variant.rpartition(".")[2], file.content_type)
