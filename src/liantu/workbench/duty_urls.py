"""Addresses of the office's work: programmes, meetings, tasks, supervision, recurring duties, people, a person's week."""

from __future__ import annotations

from django.urls import URLPattern, path

from liantu.workbench.views import letters, records, rhythm, work_lists, work_pages

urlpatterns: list[URLPattern] = [
    path("week", rhythm.week, name="week"),
    path("programmes", work_lists.page_of("programmes"), name="programmes"),
    path("programmes/<int:pk>", work_pages.programme, name="programme"),
    path("programmes/<int:pk>/posts", rhythm.posts, name="posts"),
    path("programmes/<int:pk>/posts/decide", rhythm.decide_post, name="post-decide"),
    path("meetings", work_lists.page_of("meetings"), name="meetings"),
    path("meetings/<int:pk>", work_pages.meeting, name="meeting"),
    path("meetings/<int:pk>/minutes.docx", letters.meeting, name="meeting-docx"),
    path("tasks", work_lists.page_of("tasks"), name="tasks"),
    path("tasks/<int:pk>", work_pages.task, name="task"),
    path("orders", work_lists.page_of("orders"), name="orders"),
    path("orders/<int:pk>", work_pages.order, name="order"),
    path("orders/<int:pk>/order.docx", letters.order, name="order-docx"),
    path("escalations", rhythm.escalations, name="escalations"),
    path("escalations/ladder/<str:subject>/own", rhythm.own_ladder, name="ladder-own"),
    path("duties", work_lists.page_of("duties"), name="duties"),
    path("duties/calendar", rhythm.duty_calendar, name="duty-calendar"),
    path("duties/<int:pk>", work_pages.duty, name="duty"),
    path("certificates", work_lists.page_of("certificates"), name="certificates"),
    path("certificates/<int:pk>", work_pages.certificate, name="certificate"),
    path("windows", work_lists.page_of("windows"), name="windows"),
    path("windows/<int:pk>", work_pages.window, name="window"),
    path("people", work_lists.page_of("people"), name="people"),
    path("people/<int:pk>", work_pages.person, name="person"),
    path("exports/<str:page>.<str:form>", work_lists.export, name="work-export"),
    path("records/<str:kind>/<int:pk>/step", work_pages.step, name="work-step"),
    path("records/<str:parent>/<int:pk>/<str:kind>/add", records.add_under, name="record-under"),
]
