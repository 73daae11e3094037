"""What a submission may cost to read, in bytes and in files, whatever it says of its size."""

from attention_lab.grading.report import Broken

MEMORY = 64 * 2**20  # bytes that one submission may come to, unpacked
ENTRIES = 50  # files of one submission that are listed
PIECE = 2**16  # bytes that are read at once
MANY = (
    "If this is a whole class, name it when you call the program; if not, take out what is no "
    "notebook and hand it in again."
)


class TooMuch(Broken):
    """A submission that costs more than one may; what is left of it is not read."""


class Budget:
    """What is left for one submission."""

    def __init__(self):
        self.bytes = MEMORY
        self.entries = ENTRIES

    def count(self):
        """One more file that is listed.

        Raises:
            TooMuch: there are too many.
        """
        self.entries -= 1
        if self.entries < 0:
            raise TooMuch(f"Expected at most {ENTRIES} notebooks; there are more. {MANY}")

    def read(self, file, most):
        """The bytes of a File, and no more than a number.

        Raises:
            TooMuch: with this the submission is too large.
            OSError, and what else ``archives.FAULTS`` has: it cannot be read.
        """
        if file.fault:
            raise OSError(file.fault)
        pieces = []
        with file.open() as stream:
            while most > 0:
                piece = stream.read(min(PIECE, most))
                if not piece:
                    break
                pieces.append(piece)
                most -= len(piece)
                self.bytes -= len(piece)
                if self.bytes < 0:
                    raise TooMuch(
                        f"Expected at most {MEMORY >> 20} MiB unpacked; there is more. {MANY}"
                    )
        return b"".join(pieces)
