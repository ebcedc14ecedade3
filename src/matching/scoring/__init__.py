"""What plans achieve, and which is best by the policy's weights."""

from matching.scoring.criteria import CRITERIA
from matching.scoring.fairness import Blocking, Envy, Fairness
from matching.scoring.firmness import Range
from matching.scoring.metrics import Kilometres, Metrics, SenderLoad, Share, Wishes
from matching.scoring.ranking import Candidate, RankedPlan, Ranking, firmness, rank
from matching.scoring.score import score

__all__ = [
    "CRITERIA", "Blocking", "Candidate", "Envy", "Fairness", "Kilometres", "Metrics", "Range", "RankedPlan", "Ranking",
    "SenderLoad", "Share", "Wishes", "firmness", "rank", "score",
]
