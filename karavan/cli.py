"""The command line: start the platform, look after its database, find out what is wrong."""

import asyncio
import json
import sys
from typing import Annotated

import typer

from karavan import __version__
from karavan.kit.startup import build_models_when_used, postpone_collection, resume_collection
from karavan.settings import Settings

cli = typer.Typer(
    name="karavan",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="One open trade platform: find, negotiate, order, pay, deliver and talk in one place.",
)


@cli.command()
def up(
    *,
    demo: Annotated[bool, typer.Option(help="Load demo data into an empty database.")] = True,
) -> None:
    """Start everything on this machine: database, migrations, demo data, API, worker and web app on one port."""
    from karavan.up import run_everything

    run_everything(Settings(), demo=demo)


@cli.command()
def serve() -> None:
    """Serve the API and the web app. The database must be migrated; `KARAVAN_WORKERS` processes share the port."""
    from karavan.up import serve_forever

    serve_forever(Settings())


@cli.command()
def worker() -> None:
    """Run events, jobs and the clock. Any number of workers may run."""
    build_models_when_used()
    from karavan.local import end_with_parent, with_secrets
    from karavan.worker import run_worker

    end_with_parent()
    resume_collection()
    asyncio.run(run_worker(with_secrets(_with_database(Settings()))))


@cli.command()
def migrate() -> None:
    """Bring the database to this version's tables."""
    from karavan.kit.migrate import head, upgrade
    from karavan.local import open_database

    with open_database(Settings()) as settings:
        upgrade(settings.database_owner_url or settings.database_url, app_url=settings.database_url)
    typer.echo(f"The database is at revision {head()}.")


@cli.command()
def demo(
    *,
    reset: Annotated[bool, typer.Option(help="Throw all data away first.")] = False,
) -> None:
    """Load the demo companies and their trade. Development only."""
    from karavan.demo.loading import load_demo, throw_away
    from karavan.kit.migrate import upgrade
    from karavan.local import end_with_parent, open_database

    end_with_parent()
    resume_collection()
    with open_database(Settings()) as settings:
        if not settings.development:
            raise typer.BadParameter(
                "demo data is for development; KARAVAN_ENVIRONMENT says otherwise"
            )
        owner_url = settings.database_owner_url or settings.database_url
        if reset:
            throw_away(owner_url)
        upgrade(owner_url, app_url=settings.database_url)
        loaded = asyncio.run(load_demo(settings))
    typer.echo(
        "Demo data loaded." if loaded else "Demo data is already there; --reset loads it anew."
    )


@cli.command()
def doctor() -> None:
    """Say what is wrong with the set-up, and how to mend it."""
    from karavan.doctor import examine

    findings = examine()
    for finding in findings:
        typer.echo(finding.line())
    if any(not finding.ok for finding in findings):
        raise typer.Exit(1)


@cli.command("create-admin")
def create_admin(
    email: Annotated[str, typer.Argument(help="Their e-mail address.")],
    *,
    role: Annotated[str, typer.Option(help="superadmin, admin, moderator, analyst, support …")] = (
        "superadmin"
    ),
) -> None:
    """Give a person a role on the platform; a new account's password is asked for."""
    from karavan.kit.authz import PlatformRole
    from karavan.local import open_database
    from karavan.modules.identity.public import normalise_email
    from karavan.modules.organisations.public import create_platform_admin

    if role not in set(PlatformRole):
        raise typer.BadParameter(f"a role is one of {', '.join(PlatformRole)}")
    try:
        normalise_email(email)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    with open_database(Settings()) as settings:
        outcome = asyncio.run(
            create_platform_admin(
                settings,
                email=email,
                role=role,
                ask_password=lambda: typer.prompt(
                    "Password", hide_input=True, confirmation_prompt=True
                ),
            )
        )
    typer.echo(outcome)


@cli.command("rebuild-search")
def rebuild_search() -> None:
    """Make the search index of products anew; searches go on meanwhile."""
    from karavan.kit.db import Database
    from karavan.local import open_database
    from karavan.modules.catalogue.public import rebuild_search as rebuild

    async def run(url: str) -> int:
        database, done = Database(url, pool_size=2), 0
        try:
            async for done in rebuild(database):
                typer.echo(f"{done:,} products", err=True)
        finally:
            await database.close()
        return done

    with open_database(Settings()) as settings:
        typer.echo(f"{asyncio.run(run(settings.database_url)):,} products are searchable.")


@cli.command()
def openapi() -> None:
    """Print the OpenAPI document."""
    from karavan.app import create_app, openapi_document

    app = create_app(Settings(database_url="postgresql://unused"))
    json.dump(openapi_document(app), sys.stdout, indent=2, ensure_ascii=False, sort_keys=True)
    sys.stdout.write("\n")


@cli.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


def _with_database(settings: Settings) -> Settings:
    if not settings.database_url:
        raise typer.BadParameter(
            "set KARAVAN_DATABASE_URL, or use `karavan up`, which brings its own database"
        )
    return settings


def main() -> None:
    """Entry point of the `karavan` command."""
    postpone_collection()
    try:
        cli()
    except Exception as error:
        from karavan.doctor import trouble

        finding = trouble(error)
        if finding is None:
            raise
        typer.echo(finding.line(), err=True)
        sys.exit(1)
