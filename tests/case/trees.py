"""Trees of fields and paths into them, as strategies: few keys and values, so that they meet."""

from __future__ import annotations

from hypothesis import strategies as st

KEYS = st.sampled_from(["a", "b", "name", "status", "x/y"])
SCALARS = st.sampled_from(["x", "y", "true", "null", "", "1", 1, 0, True, False, None, 1.5])
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.dictionaries(KEYS, TREES, max_size=5)

_KEY = st.sampled_from(["a", "b", "name", "status", '["x/y"]'])
_CHOICE = st.sampled_from(["[*]", "[0]", "[1]", "[name=x]", "[a=true]", "[b=null]", "[a=1]"])


@st.composite
def paths(draw: st.DrawFn) -> str:
    """Return a field path."""
    steps = [draw(_KEY)]
    for _ in range(draw(st.integers(0, 3))):
        step = draw(_KEY | _CHOICE)
        steps.append(step if step.startswith("[") else f".{step}")
    return "".join(steps)
