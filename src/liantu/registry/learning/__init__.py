"""Classes of any scheme, learned from the office's own labelled firms: names and business scopes with the class of each.

>>> rows = read_labelled(Path("已分类企业.xlsx"), "申万一级")
>>> report, classifier = learn(rows, "申万一级")
>>> report.accuracy
>>> classifier.classify(["示例锻造有限公司"], ["法兰制造"])[0].label
"""

from .classifier import Classifier, Learned, Trial, learn
from .labelled import Labelled, LabelledError, read_labelled
from .senses import Senses, learn_senses, senses_of

__all__ = [
    "Classifier",
    "Labelled",
    "LabelledError",
    "Learned",
    "Senses",
    "Trial",
    "learn",
    "learn_senses",
    "read_labelled",
    "senses_of",
]
