"""Pages of documents as pictures."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from liantu.ledger.models import Source
from liantu.ledger.rights import Action
from liantu.reading import UnreadableError, WorkerError
from liantu.workbench.filters import chosen
from liantu.workbench.page_images import PAGED, page_image, strip
from liantu.workbench.rights import needs

_PART = re.compile(r"(\d{1,4})-(\d{1,4})-(\d{1,4})-(\d{1,4})")


@needs(Action.READ)
@require_safe
@cache_control(private=True, max_age=86_400)
def page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A page as JPEG; `?part=left-top-right-bottom`, in thousandths of its width and height, asks for a part of it."""
    source = get_object_or_404(Source, pk=pk, media__in=PAGED)
    try:
        image = page_image(source, number)
    except (UnreadableError, WorkerError) as error:
        raise Http404(str(error)) from None
    if image is None:
        raise Http404("its file is not there")
    asked = _PART.fullmatch(chosen(request.GET, "part"))
    if asked:
        left, top, right, bottom = map(int, asked.groups())
        if left < right <= 1_000 and top < bottom <= 1_000:
            image = strip(image, left, top, right, bottom)
    return HttpResponse(image, content_type="image/jpeg")
