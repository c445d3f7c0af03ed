"""`inkreel audit verify`: a whole chain, and one that somebody edited."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from app.cli.main import command_line
from studio.audit.models import AuditEntry
from studio.core.db import unit_of_work
from studio.storyboards import service as storyboards
from tests.factories.boards import shots_of
from tests.factories.film import make_board

pytestmark = pytest.mark.services


def test_a_chain_is_verified_and_a_broken_one_is_named(embedded: str) -> None:
    board = make_board()
    with unit_of_work() as uow:
        for shot in shots_of(board)[:3]:
            storyboards.delete_shots(uow, board.actor, board.script_id, [shot.id])
    cli = command_line("audit")
    command = ["audit", "verify", board.project_id]
    whole = CliRunner().invoke(cli, command)
    assert whole.exit_code == 0
    assert "all 3 entries are as they were written" in whole.output
    with unit_of_work() as uow:
        uow.session.query(AuditEntry).filter(AuditEntry.seq == 2).one().label = "delete nothing"
    broken = CliRunner().invoke(cli, [*command, "--json"])
    assert broken.exit_code == 65
    told = json.loads(broken.output)
    assert (told["ok"], told["broken"], told["entries"]) == (False, 2, 1)
