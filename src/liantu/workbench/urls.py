"""Addresses of the workbench."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from liantu.workbench.views import (
    accounts,
    chains,
    documents,
    enterprises,
    evidence,
    figures,
    overview,
    projects,
    removal,
    review,
    uploads,
    zones,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", overview.overview, name="overview"),
    path("login", accounts.log_in, name="login"),
    path("logout", accounts.log_out, name="logout"),
    path("language", accounts.choose_language, name="language"),
    path("documents", documents.documents, name="documents"),
    path("documents/upload", uploads.upload, name="upload"),
    path("documents/jobs/<int:pk>", uploads.job, name="job"),
    path("documents/<int:pk>", documents.document, name="document"),
    path("documents/<int:pk>/date", documents.set_date, name="document-date"),
    path("documents/<int:pk>/remove", removal.remove, name="document-remove"),
    path("figures", figures.figures, name="figures"),
    path("figures.<str:form>", figures.export, name="figures-export"),
    path("targets", figures.targets, name="targets"),
    path("statements/<str:pk>", evidence.statement, name="statement"),
    path("statements/<str:pk>/review", review.review_statement, name="statement-review"),
    path("facts/<str:pk>", evidence.fact, name="fact"),
    path("conflicts", evidence.conflicts, name="conflicts"),
    path("projects", projects.projects, name="projects"),
    path("projects.<str:form>", projects.export, name="projects-export"),
    path("projects/<int:pk>", projects.project, name="project"),
    path("projects/<int:pk>/investment", projects.investment, name="project-investment"),
    path("enterprises", enterprises.enterprises, name="enterprises"),
    path("enterprises.<str:form>", enterprises.export, name="enterprises-export"),
    path("enterprises/<int:pk>", enterprises.enterprise, name="enterprise"),
    path("entities/<int:pk>", enterprises.entity, name="entity"),
    path("chains", chains.chains, name="chains"),
    path("zones", zones.zones, name="zones"),
    path("chains/<str:name>", chains.chain, name="chain"),
    path("review", review.queue, name="review"),
    path("review/pairs/<int:pk>", review.judge_pair, name="judge-pair"),
    path("review/facts/<str:pk>", review.judge_facts, name="judge-facts"),
    path("review/history", review.history, name="history"),
    path("review/history/<str:kind>/<int:pk>/undo", review.undo, name="undo"),
    # By name: the interface for programs stands above the pages and asks their filters.
    path("api/", include("liantu.api.urls")),
]
