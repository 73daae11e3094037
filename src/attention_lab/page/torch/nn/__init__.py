"""Holds ``torch.nn.functional``."""
