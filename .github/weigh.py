"""Say what a conda environment weighs; fail above the limit: `python .github/weigh.py [PREFIX]`."""

import json
import sys
from pathlib import Path

LIMIT = 400  # MB to fetch: a reader waits for them when mybinder builds or moves the image


def packages(prefix):
    """Return (bytes to fetch, bytes unpacked, name) of each package, the heaviest first.

    Args:
        prefix: the environment's folder.

    Raises:
        ValueError: the folder holds no packages, or one does not say what it weighs.
    """
    found = []
    for path in (Path(prefix) / "conda-meta").glob("*.json"):
        record = json.loads(path.read_text("utf-8"))
        if not record.get("size"):
            raise ValueError(f"Expected the size of {record['name']} in {path}; there is none.")
        unpacked = sum(file.get("size_in_bytes", 0) for file in record["paths_data"]["paths"])
        found.append((record["size"], unpacked, record["name"]))
    if not found:
        raise ValueError(f"Expected a conda environment in {prefix}; it has no conda-meta/*.json.")
    return sorted(found, reverse=True)


def main(prefix=sys.prefix):
    """Print the weight in MB. Returns what to say when it is too much, or None."""
    found = packages(prefix)
    for fetched, unpacked, name in found[:12]:
        print(f"{name:24} {fetched / 1e6:8.1f} {unpacked / 1e6:8.1f}")
    total = sum(fetched for fetched, _, _ in found) / 1e6
    space = sum(unpacked for _, unpacked, _ in found) / 1e6
    print(f"{len(found)} packages: {total:.0f} MB to fetch, {space:.0f} MB unpacked.")
    return f"Too heavy: {total:.0f} MB to fetch, at most {LIMIT}." if total > LIMIT else None


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
