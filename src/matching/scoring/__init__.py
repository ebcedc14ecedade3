"""What plans achieve, and which is best by the policy's weights."""

from matching.scoring.criteria import CRITERIA
from matching.scoring.difference import CountyChange, Difference, Figure, Move, difference
from matching.scoring.difference_words import county_words, move_words, words
from matching.scoring.fairness import Blocking, Envy, Fairness
from matching.scoring.firmness import Range
from matching.scoring.metrics import Kilometres, Metrics, SenderLoad, Share, Wishes
from matching.scoring.ranking import Candidate, RankedPlan, Ranking, firmness, rank
from matching.scoring.score import score

__all__ = [
    "CRITERIA", "Blocking", "Candidate", "CountyChange", "Difference", "Envy", "Fairness", "Figure", "Kilometres",
    "Metrics", "Move", "Range", "RankedPlan", "Ranking", "SenderLoad", "Share", "Wishes", "county_words", "difference",
    "firmness", "move_words", "rank", "score", "words",
]
