"""Whether two tensors hold the same numbers, or nearly."""


def allclose(one, other, rtol=1e-05, atol=1e-08, equal_nan=False):
    """Whether all elements differ by little."""
    if one.dtype is not other.dtype:
        raise RuntimeError(f"{one.dtype.spoken} did not match {other.dtype.spoken}")
    near = (one - other).abs() <= atol + rtol * other.abs()
    same = (one == other) | near
    if equal_nan:
        same = same | (one.isnan() & other.isnan())
    return same.all().item()


def equal(one, other):
    """Whether shape and elements are the same."""
    return one.sizes == other.sizes and (one == other).all().item()
