"""Addresses of diagnosis: places, chains in places, places compared, and the firms behind the numbers."""

from __future__ import annotations

from django.urls import URLPattern, path

from liantu.workbench import words_in_addresses  # noqa: F401 (the converter `word`)
from liantu.workbench.views import diagnosis, diagnosis_compared, registry_firms

urlpatterns: list[URLPattern] = [
    path("place", diagnosis.places, name="diagnosis-places"),
    path("place/<word:code>.<str:form>", diagnosis.place_export, name="diagnosis-place-export"),
    path("place/<word:code>", diagnosis.place, name="diagnosis-place"),
    path("chain", diagnosis.chains, name="diagnosis-chains"),
    path("chain/<word:name>/rows.<str:form>", diagnosis.chain_export, name="diagnosis-chain-export"),
    path("chain/<word:name>", diagnosis.chain, name="diagnosis-chain"),
    path("compare", diagnosis_compared.compared, name="diagnosis-compare"),
    path("compare.<str:form>", diagnosis_compared.compared_export, name="diagnosis-compare-export"),
    path("firms", registry_firms.firms, name="diagnosis-firms"),
    path("firms.<str:form>", registry_firms.firms_export, name="diagnosis-firms-export"),
]
