"""Name at the end of a run what was skipped and the command that enables it; with CI=true such a skip is a failure."""

import os

import pytest

IN_CI = os.environ.get("CI", "").lower() == "true"


def reasons_of(terminal: pytest.TerminalReporter) -> dict[str, int]:
    """Count the skipped tests by reason."""
    counts: dict[str, int] = {}
    for report in terminal.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ")
        counts[reason] = counts.get(reason, 0) + 1
    return counts


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    counts = reasons_of(terminalreporter)
    if not counts:
        return
    terminalreporter.section("not run on this machine" + (" (a failure in CI)" if IN_CI else ""))
    for reason, count in sorted(counts.items()):
        terminalreporter.write_line(f"{count} test(s): {reason}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if IN_CI and terminal is not None and not hasattr(session.config, "workerinput") and reasons_of(terminal) and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
