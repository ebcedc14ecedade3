"""How subjects are spread within a stage: the generators' assumption, after what timetables call for."""

from __future__ import annotations

from collections.abc import Mapping

TAUGHT: Mapping[str, Mapping[str, float]] = {
    "preschool": {"early_years": 1.0},
    "primary": {"chinese": 0.30, "math": 0.25, "english": 0.14, "pe": 0.07, "music": 0.06, "art": 0.06, "science": 0.05,
                "it": 0.03, "politics": 0.02, "generalist": 0.02},
    "junior": {"chinese": 0.17, "math": 0.17, "english": 0.16, "physics": 0.09, "chemistry": 0.06, "biology": 0.05,
               "politics": 0.07, "history": 0.06, "geography": 0.05, "pe": 0.05, "music": 0.025, "art": 0.025,
               "it": 0.02},
    "senior": {"chinese": 0.16, "math": 0.16, "english": 0.15, "physics": 0.11, "chemistry": 0.10, "biology": 0.08,
               "politics": 0.06, "history": 0.06, "geography": 0.05, "pe": 0.03, "music": 0.02, "art": 0.02},
    "vocational": {"mechatronics": 0.22, "auto_repair": 0.2, "nursing": 0.2, "tourism": 0.13, "agronomy": 0.1,
                   "ecommerce": 0.1, "it": 0.05},
}
"""Share of the teachers of a stage, by main subject."""

SCARCE: Mapping[str, float] = {"english": 1.2, "music": 1.35, "art": 1.35, "pe": 1.1, "it": 1.25, "science": 1.25,
                               "chinese": 0.93, "math": 0.96, "generalist": 1.5}
"""How much more of a subject is asked for than is taught; 1 where not named."""

RELATED: Mapping[str, tuple[str, ...]] = {
    "chinese": ("politics", "history"), "math": ("science", "it"), "english": ("chinese",), "physics": ("math",),
    "chemistry": ("biology",), "biology": ("chemistry",), "politics": ("history",), "geography": ("history",),
    "history": ("politics", "geography"), "music": ("art",), "art": ("music", "calligraphy"), "science": ("it",),
    "it": ("science",), "pe": ("psychology",), "mechatronics": ("auto_repair",), "auto_repair": ("mechatronics",),
    "ecommerce": ("it",),
}
"""Subjects that a teacher of the key may also teach."""


def asked(stage: str) -> dict[str, float]:
    """Return the weights of a stage's subjects among the needs."""
    return {subject: share * SCARCE.get(subject, 1.0) for subject, share in TAUGHT[stage].items()}
