"""What is learned of a list is bounded, whatever the list."""

from __future__ import annotations

from arclogs.ingest.objects.templates import learned as learned_templates
from arclogs.ingest.objects.templates.learned import Templates
from arclogs.ingest.objects.yaml.skeletons import YamlItems


def learned(*items):
    templates = Templates(YamlItems("- "))
    return [templates.learn(item) is not None for item in items]


def test_the_second_of_a_kind_is_known():
    assert learned(*["- a: x"] * 3) == [False, True, True]
    assert learned("- a: x", "- b: x", "- a: y", "- b: z") == [False, False, True, True]


def test_an_object_of_many_scalars_or_a_long_one_is_not_learned():
    for body in ("\n".join(f"  k{n}: v" for n in range(1001)), f"  k: {'x' * 300_000}"):
        assert learned(*[f"- a: x\n{body}"] * 3) == [False] * 3


def test_there_is_room_for_so_much_only(monkeypatch):
    monkeypatch.setattr(learned_templates, "_ROOM", 100)
    items = [f"- key{n}: x\n  b: {'y' * 20}" for n in range(9)]
    assert sum(learned(*items, *items)) == 3
    monkeypatch.setattr(learned_templates, "_MOST", 2)
    assert sum(learned(*items, *items)) == 2
