"""Check manifest.json, and every manifest the desk prints, against Slack's schema: `… check_manifest SCHEMA.json`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from jsonschema import Draft7Validator

from bot.manifest import manifest


def main() -> int:
    """Print every fault; 1 when there is one."""
    validator = Draft7Validator(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    kept = json.loads((Path(__file__).parents[2] / "manifest.json").read_text("utf-8"))
    made = {
        "manifest.json": kept,
        "http": manifest("https://desk.example.org"),
        "socket": manifest(socket=True),
        "follow-ups": manifest(follow_ups=True),
        "socket with follow-ups": manifest(socket=True, follow_ups=True),
    }
    faults = [
        f"{name}: {'/'.join(map(str, fault.absolute_path))}: {fault.message}"
        for name, one in made.items()
        for fault in validator.iter_errors(one)
    ]
    sys.stdout.write("\n".join(faults or [f"{len(made)} manifests are valid"]) + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
