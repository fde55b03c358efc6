"""The synonyms that the platform begins with: words of trade in three languages. The operator changes them at will."""

from functools import cache
from importlib import resources

from sqlalchemy import Connection, text

from karavan.kit.ids import new_id
from karavan.modules.catalogue.search.stems import STEM, forms_of, remember
from karavan.modules.catalogue.search.synonyms import key_of, lexemes_of
from karavan.modules.catalogue.search.text import tokens

_INSERT = text(
    """
    insert into catalogue_synonyms (id, version, language, terms, replacements, keys)
    values (:id, 1, :language, :terms, :replacements, :keys)
    """
)
_STEM = text(STEM.replace("$1", ":words"))


@cache
def trade_synonyms() -> tuple[tuple[str, list[str], list[str]], ...]:
    """Language, terms and replacements of each entry that is shipped."""
    source = resources.files("karavan.modules.catalogue") / "data" / "synonyms.tsv"
    made = []
    for line in source.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, content = line.split("\t")
            terms, _, others = content.partition("=>")
            made.append((language, _split(terms), _split(others)))
    return tuple(made)


def _split(terms: str) -> list[str]:
    return [term.strip() for term in terms.split(",") if term.strip()]


def load_trade_synonyms(connection: Connection) -> None:
    """Write them into a database that has none, as a migration does."""
    entries = trade_synonyms()
    words = {
        token.text
        for _, terms, others in entries
        for term in (*terms, *others)
        for token in tokens(term)
    }
    wanted = sorted(forms_of(words))
    remember(wanted, connection.execute(_STEM, {"words": wanted}).scalar_one())
    for language, terms, others in entries:
        connection.execute(
            _INSERT,
            {
                "id": new_id(),
                "language": language,
                "terms": terms,
                "replacements": others,
                "keys": [key_of(lexemes_of(term, language)) for term in terms],
            },
        )
