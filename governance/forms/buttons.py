"""The buttons that change a list without JavaScript: which was pressed, and what was typed with the list changed."""

import re
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

_BUTTON = re.compile(r"(lagg_till|ta_bort)_([a-z]+)(?:-([0-9]{1,6}))?\Z")


class RowButton(NamedTuple):
    """A pressed button: a line added last, or line `number` removed."""

    key: str
    number: int | None

    def reshaped(self, data: Mapping[str, Any], *, most: int) -> dict[str, Any]:
        """Return what was typed, with the lines numbered as they are after the press.

        Args:
            data: what was sent.
            most: how many lines the list may have.

        """
        total_name = f"{self.key}-TOTAL_FORMS"
        raw = str(data.get(total_name, ""))
        total = min(int(raw), most) if raw.isascii() and raw.isdecimal() and len(raw) < len("1000000") else 0
        typed = {name: data.get(name) for name in data}
        if self.number is None:
            typed[total_name] = min(total + 1, most)
            return typed
        if self.number >= total:
            return typed
        line = re.compile(rf"{self.key}-([0-9]{{1,6}})-(.+)\Z", re.DOTALL)
        moved: dict[str, Any] = {}
        for name, value in typed.items():
            found = line.match(name)
            if found is None or int(found[1]) < self.number:
                moved[name] = value
            elif int(found[1]) > self.number:
                moved[f"{self.key}-{int(found[1]) - 1}-{found[2]}"] = value
        moved[total_name] = total - 1
        return moved


def pressed(data: Mapping[str, Any], keys: Collection[str]) -> RowButton | None:
    """Return the button of one of the lists that was pressed, if any."""
    for name in data:
        found = _BUTTON.match(name)
        if found and found[2] in keys and (found[3] is None) == (found[1] == "lagg_till"):
            return RowButton(found[2], None if found[3] is None else int(found[3]))
    return None
