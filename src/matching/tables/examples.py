"""How the template marks its example rows, so that they are known when they come back."""

from matching.domain.text import Text

EXAMPLE = Text("示例", "example")


def is_example(name: str) -> bool:
    """Tell whether an id is one of the template's examples."""
    return name.startswith((f"{EXAMPLE.zh}-", f"{EXAMPLE.en}-"))
