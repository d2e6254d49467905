from __future__ import annotations

from hypothesis import given, settings

from arclogs.case.objects.columns import Depths, column_of, grouped
from arclogs.case.objects.paths import parse_path, reach, scalar_text, walk
from arclogs.case.objects.plans import values_at
from tests.case.trees import FIELDS, paths
from tests.ingest.objects.test_shapes import flat


def spelled(values):
    return [(type(value), value) for value in values]


@settings(max_examples=300, deadline=None)
@given(FIELDS, paths())
def test_a_path_leads_to_the_same_whichever_way_an_object_is_kept(fields, path):
    steps = parse_path(path)
    walked = spelled(value for value, _ in walk(fields, steps))
    assert spelled(reach(fields, steps)) == walked
    assert spelled(values_at(flat(fields), steps)) == walked
    assert spelled(value for value, _ in walk(flat(fields), steps)) == walked
    owners, values = Depths([(7, fields)]).reach(steps)
    assert spelled(values) == walked
    assert owners == [7] * len(walked)


def test_a_column_says_which_objects_show_the_same():
    shown = [{"a": "x"}, {}, {"a": 1}, {"a": "x"}, {"a": {"b": 1}}, {"a": "1"}]
    told = Depths(list(enumerate(shown))).reach(("a",))
    column = column_of([*grouped(told), (6, None), (7, ["x", "y"])], 9)
    assert column.values == {("x",): [0, 3], ("1",): [2, 5], ("x", "y"): [7]}
    assert column.absent() == [1, 8]
    assert (column.unknown, column.nested) == ([6], [4])
    assert list(column.having("x")) == [[0, 3], [7]]
    assert scalar_text(1) == "1"
