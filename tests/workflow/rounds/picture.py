"""A flow's graph drawn as text: a line for each node, what kind it is and where it leads."""

from viewflow.workflow.flow import Flow


def picture(flow: type[Flow]) -> str:
    """Return the graph, from its start and on, each node once."""
    lines, waiting, seen = [], [flow.instance.node("start")], set()
    while waiting:
        node = waiting.pop(0)
        if node.name in seen:
            continue
        seen.add(node.name)
        many = {target.name for target, per_receiver, _ in getattr(node, "_branches", ()) if per_receiver is True}
        targets = [edge.dst for edge in node._outgoing()]
        waiting += targets
        names = [f"{target.name} for each" if target.name in many else target.name for target in targets]
        lines.append(f"{node.name} ({type(node).__name__})" + (f" -> {', '.join(names)}" if names else ""))
    left = {node.name for node in flow.instance.nodes()} - seen
    return "\n".join([*lines, *(f"unreachable: {name}" for name in sorted(left))])
