"""Prints another sheet and its key, as Markdown; a seed says which."""

import argparse

from attention_lab.worksheet import drawn
from attention_lab.worksheet.markdown import key_of, sheet_of

if __name__ == "__main__":
    options = argparse.ArgumentParser(description="Another worksheet.")
    options.add_argument("--seed", type=int, required=True, help="which of the other sheets")
    chosen = drawn(options.parse_args().seed)
    print(sheet_of(chosen), key_of(chosen), sep="\n\n---\n\n")
