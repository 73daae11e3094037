"""What `import attention_lab` adds to `import torch`: at most 50 ms."""

import statistics
import subprocess
import sys

MEASURE = """
import time
import torch
start = time.perf_counter()
import attention_lab
print(time.perf_counter() - start)
"""


def main(runs=5):
    """Print the median over some fresh interpreters."""
    command = [sys.executable, "-c", MEASURE]
    runs = [float(subprocess.check_output(command)) for _ in range(runs)]
    print(f"import attention_lab after torch: {1000 * statistics.median(runs):.1f} ms")


if __name__ == "__main__":
    main()
