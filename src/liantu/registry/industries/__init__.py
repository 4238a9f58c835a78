"""Classes of GB/T 4754-2017: what firms live on, told by words of their names, business scopes and products.

>>> told = class_firms(["清徐县示例洗煤有限公司"], ["道路普通货物运输；洗选精煤"])
>>> told.of(0).code, told.of(0).word
('0610', '洗煤有限')
"""

from .classing import IndustryClass, IndustryClasses, Vote, class_firms, votes_of
from .standard import Industry, industries, industry_name
from .words import IndustryWords, default_industry_words, read_industry_words

__all__ = [
    "Industry",
    "IndustryClass",
    "IndustryClasses",
    "IndustryWords",
    "Vote",
    "class_firms",
    "default_industry_words",
    "industries",
    "industry_name",
    "read_industry_words",
    "votes_of",
]
