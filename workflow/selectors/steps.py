"""The steps of a case's path as its stepper shows them: those behind it, where it stands, those ahead."""

from collections.abc import Collection

from governance.paths import BESIDE, EARLY_ENDS, PathVersion


def steps_of(path: PathVersion, station: str, visited: Collection[str] = (), note: str = "") -> list[dict[str, str]]:
    """Return the steps in order as `stepper` draws them.

    The main line is shown whole; a step beside it, or an early end, only while the case stands there. After an early
    end nothing is ahead.

    Args:
        path: the case's version of the path.
        station: where it stands.
        visited: the steps it has been at, by its journal; needed where it has ended early.
        note: what stands below the present step.

    """
    here = path.stations[station]
    main = [each for each in path.stations.values() if each.kind not in BESIDE | EARLY_ENDS or each is here]
    if here.kind in EARLY_ENDS:
        shown = [each for each in main if each.code in visited and each is not here]
        steps = [{"name": each.name, "state": "done"} for each in shown]
        return [*steps, {"name": here.name, "state": "current", "note": note}]
    steps = []
    for each in sorted(main, key=lambda each: each.position):
        if each is here:
            steps.append({"name": each.name, "state": "current", "note": note})
        else:
            steps.append({"name": each.name, "state": "done" if each.position < here.position else "coming"})
    return steps
