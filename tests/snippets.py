"""Pieces of code that a reader may type, for torch and for the page's stand-in to print alike.

Each is a few lines. Half are drawn: a call on tensors of drawn shapes, which may not fit. The other
half are written out: what people really type, and what they get wrong.
"""
# ruff: noqa: E501 - a snippet is one line

import random
import textwrap

FRAME = """\
import torch
import torch.nn.functional as F
try:
{code}
except Exception as error:
    print(type(error).__name__ + ": " + str(error))
"""

SHAPES = (
    (),
    (1,),
    (2,),
    (3,),
    (5,),
    (1, 3),
    (2, 3),
    (3, 2),
    (5, 3),
    (3, 5),
    (4, 3),
    (2, 3, 5),
    (7, 1, 3),
)

# One tensor t.
OF_ONE = (
    "t", "-t", "abs(t)", "t.T.shape if t.ndim == 2 else t.shape", "t.shape", "t.ndim", "t.dtype",
    "t.sum()", "t.sum(dim=0)", "t.sum(dim=-1)", "t.sum(dim=1, keepdim=True)", "t.sum(-2)",
    "t.mean()", "t.mean(dim=0)", "t.mean(dim=-1, keepdim=True)", "t.max()", "t.min()",
    "t.max(dim=0)", "t.min(dim=-1)", "t.max(dim=1).indices", "t.amax(dim=-1)", "t.amin(dim=0)",
    "t.argmax()", "t.argmax(dim=-1)", "t.argmin(dim=0)", "t.norm()", "t.norm(dim=-1)",
    "t.norm(dim=0, keepdim=True)", "t.abs().sum()", "t.exp()", "t.square()", "t.abs().sqrt()",
    "t.abs().log()", "t.sin()", "t.cos()", "t.sigmoid()", "t.deg2rad()", "t.softmax(dim=-1)",
    "torch.softmax(t, dim=0)", "torch.softmax(10 * t, dim=-1)", "t.logsumexp(dim=-1)",
    "F.softmax(t, dim=-1)", "F.normalize(t, dim=-1)", "t.cumsum(dim=0)", "t.clamp(min=0)",
    "t.round()", "t.round(decimals=1)", "t.reshape(-1)", "t.reshape(3, -1)", "t.view(6)",
    "t.flatten()", "t.unsqueeze(0).shape", "t.unsqueeze(-1)", "t.squeeze().shape", "t[None].shape",
    "t[0]", "t[-1]", "t[1]", "t[4]", "t[:2]", "t[1:]", "t[::2]", "t[:, 0]", "t[:, -1]", "t[..., 0]",
    "t[:, 1:]", "t[0, 1]", "t[:, None].shape", "t[0][0]", "t[[0, 1]]", "t[:, [0, 1]]", "t[t > 0]",
    "t[[0]] + t", "t > 0", "t == t", "(t > 0).all()", "(t > 0).any(dim=-1)", "(t > 0).sum()",
    "~(t > 0)", "t.isfinite().all()", "t.tolist()[:1] if t.ndim else 0", "len(t)", "t.numel()",
    "t.item()", "bool(t > 0)", "float(t)", "[x.shape for x in t]", "t.expand(2, 3)", "t.repeat(2, 1)",
    "t.transpose(0, 1)", "t.transpose(-2, -1).shape", "t.permute(1, 0)", "t.size(0)", "t.size(-1)",
    "t.to(torch.int64)", "t.double().sum()", "t.float()", "t / 0", "1 / t", "2 ** t", "t ** 2",
    "t // 2", "t % 2", "100 * t", "1000000 * t", "t / 10000", "3 - t", "t * torch.nan",
    "torch.zeros_like(t)", "torch.stack([t, t])", "torch.cat([t, t])", "torch.cat([t, t], dim=-1)",
    "torch.allclose(t, t + 1e-9)", "torch.where(t > 0, t, 0)", "f'{t.sum():.2f}'",
    "f'{t.max():8.3f}|{t.mean():.1e}|{t.norm():.0%}'", "t @ t.T", "t @ t", "t.sum(dim=7)",
)  # fmt: skip

# Two tensors t and u.
OF_TWO = (
    "t + u", "t - u", "t * u", "t / u", "t @ u", "t @ u.transpose(-2, -1)", "t > u", "t == u",
    "torch.maximum(t, u)", "torch.stack([t, u])", "torch.cat([t, u])", "t[:, None] * u",
    "F.scaled_dot_product_attention(t, u, u, scale=1)", "torch.softmax(t @ u.T, dim=-1)",
    "torch.outer(t, u)", "t.dot(u)",
)  # fmt: skip

WRITTEN = """
query = 10 * torch.tensor([[0.47, 0.65, 0.60]]); print(query)
print(torch.tensor([[1, 2, 3]])); print(torch.tensor([1, 2.5])); print(torch.tensor([True, False]))
print(torch.tensor(3), torch.tensor(3.5), torch.tensor([]), torch.tensor([[]]))
print(torch.tensor([[0.0, 0.0, 0.0]]), torch.tensor([0.0, -0.0, 1.0]))
print(torch.tensor([[1, 2], [3]]))
print(torch.tensor([[1, 2], 3]))
print(torch.tensor([1, [2, 3]]))
print(torch.tensor("4.7")); print(1)
print(torch.tensor(["4.7"]))
print(torch.tensor(None))
print(torch.tensor([[0.1, None]]))
print(torch.tensor([torch.nan, torch.inf, -torch.inf, 0.5]))
print(torch.tensor([1e-5, 1.0]), torch.tensor([1e10, 1.0]), torch.tensor([12345678.0, 0.5]))
print(torch.tensor([100000.0, 2.0]), torch.tensor([999.0, 1.0]), torch.tensor([1e9]))
print(torch.tensor([0.00005]), torch.tensor([0.0001]), torch.tensor([99999.5]))
print(torch.tensor([0.03125, 0.09375, 2.5]), torch.tensor([1.00005, 1.00015]))
print(torch.tensor([1.5], dtype=torch.float64), torch.tensor([1, 2], dtype=torch.float32))
print(torch.zeros(2, 3), torch.ones((3,)), torch.eye(3), torch.full((2, 2), 7.0))
print(torch.zeros(0), torch.zeros(2, 0), torch.zeros(-1))
print(torch.arange(5), torch.arange(1, 7, 2), torch.arange(0, 1, 0.25))
print(torch.linspace(0, 1, 5), torch.logspace(-1, 2, 7))
print(torch.arange(1200)); print(torch.arange(1200).reshape(40, 30) / 7)
print(torch.arange(40) / 3)
print(torch.arange(24).reshape(2, 3, 4))
a = torch.tensor([1.0, 2.0]); b = a; b += 1; print(a); b = b + 1; print(a, b)
a = torch.tensor([[1.0, 2.0], [3.0, 4.0]]); row = a[0]; row *= 10; print(a); row = row * 10; print(a)
a = torch.tensor([[1.0, 2.0], [3.0, 4.0]]); a[1] = 7; a[0, 1] = -1; print(a)
a = torch.tensor([[1.0, 2.0], [3.0, 4.0]]); c = a.clone(); c[0] = 0; print(a, c)
a = torch.tensor([[1.0, 2.0], [3.0, 4.0]]); a[:, 0] = torch.tensor([8.0, 9.0]); print(a)
a = torch.tensor([[1.0, 2.0], [3.0, 4.0]]); a[0] = torch.tensor([8.0, 9.0, 1.0]); print(a)
a = torch.tensor([[1.0, 2.0], [3.0, 4.0]]); a[a > 2] = 0; print(a)
a = torch.tensor([[1.0, 2.0], [3.0, 4.0]]); a.T[0] = 5; print(a); a.fill_(2); print(a)
a = torch.tensor([1, 2, 3]); a[0] = 1.7; print(a); a += 0.5; print(a)
a = torch.tensor([1, 2, 3]); print(a / 2, a * 2, a * 0.5, a // 2, a % 2, -a, a ** 2, a.float())
a = torch.tensor([1, 2, 3]); print(a.sum(), a.max(), a.mean())
a = torch.tensor([1, 2, 3]); print(a @ a, a.float() @ a.float()); print(a @ a.float())
print(torch.tensor([1.0, 2.0]) + torch.tensor([1, 2]), torch.tensor([True]) + 1)
print(torch.tensor(2.0) * torch.tensor([1, 2]), torch.tensor([1, 2]) + torch.tensor(True))
print(torch.tensor([0.1]) == 0.1, torch.tensor([0.1], dtype=torch.float64) == 0.1)
print(torch.tensor([1.0]) + "a")
print(torch.tensor([1.0]) * [1, 2])
print(torch.tensor([1.0]) == "a", torch.tensor([1.0]) == None, torch.tensor([1.0]) != None)
t = torch.tensor([1.0, 2.0]); print(t[2])
t = torch.tensor([1.0, 2.0]); print(t[1.5])
t = torch.tensor([1.0, 2.0]); print(t["a"])
t = torch.tensor([1.0, 2.0]); print(t[::-1])
t = torch.tensor([1.0, 2.0]); print(t[0, 0])
t = torch.tensor(1.0); print(t[0])
t = torch.tensor(1.0); print(len(t))
t = torch.tensor(1.0); print([x for x in t])
t = torch.tensor([1.0, 2.0]); print(t.item())
t = torch.tensor([1.0, 2.0]); print("yes" if t else "no")
t = torch.tensor([1.0, 2.0]); print(float(t))
t = torch.tensor(0.3); print(float(t), int(t), t.item(), t.tolist(), f"{t}", f"{t:.3f}", f"{t:6.1%}|")
t = torch.tensor([0.3]); print(f"{t[0]:>8.2f}|{t[0]:<8.2f}|{t[0]:+.1e}|{t}")
t = torch.tensor([[0.3, 0.7]]); print(f"weights: {t}"); print("shape", t.shape, tuple(t.shape), t.shape[0])
print(torch.ones(2, 3).shape == (2, 3), torch.ones(2).shape != (3,), torch.ones(2, 3).size())
key = torch.ones(4, 3); print(key[0] * 100, key[2], key[-1:].shape, key[1:3].shape)
key = torch.ones(4, 3); value = torch.ones(4, 3); print(torch.softmax(key @ key.T, dim=-1) @ value)
key = torch.ones(4, 3); print(torch.tensor([[1.0, 2.0]]) @ key.T)
key = torch.ones(4, 3); print(torch.tensor([[1.0, 2.0, 3.0]]) @ key)
key = torch.ones(4, 3); print(torch.tensor([1.0, 2.0, 3.0]) @ key)
key = torch.ones(4, 3); print(key @ torch.tensor([1.0, 2.0]))
key = torch.ones(4, 3); print(key @ torch.tensor([1.0, 2.0, 3.0]))
key = torch.ones(4, 3); print(torch.tensor(2.0) @ key)
key = torch.ones(4, 3); print(torch.tensor([[1, 2, 3]]) @ key.T)
key = torch.ones(4, 3); print(key + torch.ones(4))
key = torch.ones(4, 3); key[0] += 1; print(key.mean(dim=0), key.std() if False else "")
print(torch.stack([torch.ones(3), torch.ones(2)]))
print(torch.cat([torch.ones(2, 3), torch.ones(3)]))
print(torch.cat([torch.ones(2, 3), torch.ones(2, 2)]), 1)
print(torch.ones(12).reshape(5, 2))
print(torch.ones(12).reshape(-1, -1))
print(torch.ones(3).expand(2, 4))
print(torch.ones(3).sum(dim=1))
print(torch.ones(3).unsqueeze(3))
print(torch.softmax(torch.tensor([1, 2]), dim=0))
print(torch.exp(2.0))
print(torch.ones(2) / 0, torch.zeros(2) / 0, torch.tensor([1, 2]) / 0)
print(torch.tensor([1, 2]) // 0)
print(-(torch.ones(2) > 0))
print(torch.log(torch.tensor([0.0, -1.0, 1.0])), torch.sqrt(torch.tensor([-1.0, 4.0])))
print(torch.exp(torch.tensor([100.0, -200.0, 88.0])), torch.tensor([3e38]) * 10)
print(torch.softmax(torch.tensor([1000.0, 0.0, -1000.0]), dim=0))
print(torch.allclose(torch.ones(2), torch.ones(2).double()))
print(torch.equal(torch.ones(2), torch.ones(3)), torch.equal(torch.ones(2), torch.ones(2)))
torch.set_printoptions(sci_mode=False); print(torch.tensor([1e-6, 1000.0])); torch.set_printoptions(profile="default")
torch.set_printoptions(precision=2); print(torch.tensor([0.126, 1.0])); torch.set_printoptions(profile="default")
v = torch.tensor([3.0, 1.0, 2.0]); print(max(v), sum(v), sorted(v)[0], v.sort().values, v.sort(descending=True).indices)
v = torch.tensor([3.0, 1.0, 2.0]); print(v.max(dim=0)); best, where = v.min(dim=0); print(best, where)
v = torch.tensor([3.0, 1.0]); u = torch.tensor([2.0, 4.0]); print(v.max(u), torch.max(v, other=u), torch.min(v, u))
v = torch.tensor([3.0, 1.0, 2.0]); print(1.0 in v, v[v.argmax()], v.norm(p=1), (v ** 2).sum() ** 0.5)
v = torch.tensor([3.0, 1.0]); print(dict(zip("ab", v))); print([f"{x:.1f}" for x in v], (v[0], v[1]))
v = torch.tensor([3.0, 1.0]); v[0], v[1] = 5, 6; print(v, v is v, v.data)
print(isinstance(torch.ones(1), torch.Tensor), torch.is_tensor(3), torch.float32, torch.ones(1).long().dtype)
print([f"{x:.9f}" for x in torch.tensor([90.0, 200.0, 45.0]).deg2rad()], torch.tensor(0.5).acos().rad2deg())
print([f"{x:.8f}" for x in torch.softmax(torch.tensor([[20.07, 5.44, -17.08, -2.55]]), dim=-1)[0]])
print([f"{x:.9f}" for x in torch.arange(30).float().div(7).reshape(3, 10).sum(dim=1)])
a = torch.tensor([[0.47, 0.65, 0.60], [0.64, 0.50, -0.59]]); print([f"{x:.9f}" for x in (100 * a @ a.T).flatten()])
v = torch.tensor([0.47, 0.64, -0.03, 0.43]); print(max(v), min(v), sorted(v), max(0, v[0]), min([v[1], v[0]]), max(v, key=lambda x: -x))
v = torch.tensor([0.47, 0.64]); print(max((x, i) for i, x in enumerate(v)), max({"a": v[0], "b": v[1]}.values()), max([], default=0))
v = torch.tensor([3.0, 1.0, 2.0]); print(sorted(v, reverse=True), sorted("bca"), max("ab", "c"), min(3, 1))
print(max(torch.tensor([1.0, 2.0]), torch.tensor(3.0)))
print(torch.tensor(4.7, dtype=torch.float64), torch.Tensor([[4.7, 6.5, 6.0]]), torch.Tensor([[1, 2]]).dtype)
print(torch.tensor([[4.7, 6.5, 6.0]], dtype=float), torch.tensor([4.7], dtype=int), torch.tensor([0, 2], dtype=bool))
print(torch.tensor([[4,7, 6,5, 6,0]]).shape, torch.tensor([[4.7, 6.5, 6.0],]).shape, torch.tensor((1.0, 2.0)))
print(torch.tensor([[4.7], [6.5], [6.0]]).T, torch.tensor([4.7, 6.5, 6.0])[None], torch.tensor([4.7, 6.5]).view(1, -1))
k = torch.ones(2, 3); k[1] = [1.0, 1.0, 0.0]; print(k)
k = torch.ones(2, 3); k[1, 0] = "a"; print(k)
k = torch.ones(2, 3); k[1] = torch.tensor([1, 1, 0]); k[0, 0] = True; print(k, k * True, k == True)
k = torch.ones(2, 3); k[0].zero_(); print(k, +k, k.relu(), k.clip(0.5, 2), k.to("cpu").shape)
m = torch.tensor([0.3, -0.2]) > 0; m[0] = False; print(m, m | True, m & True)
print(F.softmax(torch.tensor([[0.3, 0.7], [0.1, 0.2]])), F.softmax(torch.tensor([0.3, 0.7])), F.relu(torch.tensor([-1.0, 2.0])))
print(f"{torch.ones(3):.2f}")
print(f"{torch.ones(3)[0]:.2f}", f"{torch.ones(1, 1).sum():>6.1f}", str(torch.ones(2)), [round(x, 2) for x in torch.tensor([0.475, 0.64]).tolist()])
print(torch.linalg.norm(torch.tensor([[3.0, 4.0], [6.0, 8.0]]), dim=1), torch.nn.functional.normalize(torch.tensor([[3.0, 4.0]])))
print(hasattr(torch.ones(1), "shape"), hasattr(torch.ones(1), "_nothing"), getattr(torch, "_nothing", 3))
print(torch.tensor([1.0, 2.0]).to(torch.float32) is None, torch.tensor([1.0, 2.0]) * "10")
S = 100.0; k0 = torch.tensor([[0.47, 0.65, 0.60]]); print(S * k0, k0 * S, k0 / S, S / k0, -k0 ** 2, 2 * k0 - k0 / 2)
for i, row in enumerate(torch.eye(2)): print(i, row, row.tolist(), row.argmax().item())
print([x.item() for x in torch.arange(3)], list(torch.arange(2)), *torch.ones(2))
w = torch.tensor([0.2, 0.8]); print(all(w > 0), any(w < 0), sum(x > 0.5 for x in w), not w[0], [x for x in w if x > 0.5])
q = torch.tensor([[1, 2, 3]]); q /= 2; print(q)
q = torch.tensor([[1, 2, 3]]); q *= 0.5; print(q)
q = torch.zeros(1, 3); q[0, :] = 10 * torch.ones(3); q[:, 1] -= 4; print(q, q.T.shape)
a, b = torch.tensor([1.0, 2.0]), torch.tensor([2.0, 1.0]); print(a @ b / (a.norm() * b.norm()), (a * b).sum(), a.dot(b), torch.sum(a * b))
"""


def snippets():
    """All of them, each a text."""
    chosen = random.Random(447)
    drawn = [_of_one(chosen, call) for call in OF_ONE for _ in range(3)]
    drawn += [_of_two(chosen, call) for call in OF_TWO for _ in range(6)]
    return drawn + [line.replace("; ", "\n") for line in WRITTEN.strip().splitlines()]


def program(snippet):
    """A snippet as a program that prints its error too."""
    return FRAME.format(code=textwrap.indent(snippet, "    "))


def _of_one(chosen, call):
    return f"t = {_tensor(chosen, chosen.choice(SHAPES))}\nprint({call})"


def _of_two(chosen, call):
    """Two tensors whose shapes often fit."""
    shape = chosen.choice(SHAPES)
    other = chosen.choice([shape, shape[::-1], shape[-1:], chosen.choice(SHAPES)])
    return f"t = {_tensor(chosen, shape)}\nu = {_tensor(chosen, other)}\nprint({call})"


def _tensor(chosen, shape):
    return f"torch.tensor({_nested(chosen, shape)})"


def _nested(chosen, shape):
    if not shape:
        return round(chosen.uniform(-1, 1), 2)
    return [_nested(chosen, shape[1:]) for _ in range(shape[0])]
