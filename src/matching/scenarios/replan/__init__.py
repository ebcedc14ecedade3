"""A plan in force is changed as little as possible: teachers withdraw, pairs are pinned or forbidden, posts close."""

from matching.scenarios.replan.changes import Before, Changes
from matching.scenarios.replan.losses import losses_of
from matching.scenarios.replan.replan import again, replan
from matching.scenarios.replan.result import Replanned

__all__ = ["Before", "Changes", "Replanned", "again", "losses_of", "replan"]
