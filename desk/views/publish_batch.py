"""The page on which a moderator takes a whole import to readers."""

from collections import Counter
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manuscripts.models import ImportBatch, ImportedArticle
from revisions.admin_widgets import possible_keys
from revisions.people import user_of

from .. import batches
from ..batch_table import ORDERS, Grade, Standing, codes_of, narrowed, rows_of
from ..pages import REFUSALS, page


@permission_required("cases.publish_case", raise_exception=True)
def publish_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """All findings of all articles of an import; sets articles aside, and decides to publish those
    that nothing stops. A fixed number of queries, however many articles there are."""
    batch = get_object_or_404(ImportBatch.objects.select_related("by"), pk=pk)
    if request.method == "POST":
        act = _ACTIONS.get(request.POST.get("action", ""))
        try:
            if act is not None:
                messages.success(request, act(request, batch))
        except batches.DecidedAlready as said:
            messages.info(request, str(said))
        except (*REFUSALS, batches.NothingToPublish) as error:
            messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
        return redirect(request.get_full_path())
    asked = {name: request.GET.get(name, "") for name in ("code", "grade", "standing")}
    order = request.GET.get("sort", "")
    everything = rows_of(batch)
    counts = Counter(row.standing for row in everything)
    rows = sorted(narrowed(everything, **asked), key=ORDERS.get(order, ORDERS["position"]))
    return page(
        request,
        "publish_batch",
        _("Publish import %(n)s: %(name)s") % {"n": batch.pk, "name": batch.name},
        batch=batch,
        rows=rows,
        total=len(everything),
        counts=[(standing, counts[standing]) for standing in Standing if counts[standing]],
        ready=counts[Standing.READY],
        in_print=counts[Standing.IN_PRINT],
        waiting=counts[Standing.WAITING],
        unseen=counts[Standing.UNSEEN],
        is_under_way=bool(counts[Standing.WAITING] or counts[Standing.UNSEEN]),
        codes=codes_of(everything),
        grades=list(Grade),
        asked=asked,
        order=order if order in ORDERS else "position",
        is_own=batch.by_id == user_of(request).pk,
    )


def _publish(request: HttpRequest, batch: ImportBatch) -> str:
    asked = batches.ask(batch, by=user_of(request))
    n = asked.entries.count()
    said = ngettext(
        "%s draft will be published by the worker.", "%s drafts will be published by the worker.", n
    )
    return said % n


def _call_off(request: HttpRequest, batch: ImportBatch) -> str:
    n = batches.call_off(batch, by=user_of(request))
    return ngettext("Called off for %s draft.", "Called off for %s drafts.", n) % n


def _set_aside(request: HttpRequest, batch: ImportBatch) -> str:
    chosen = _chosen(request, batch)
    n = batches.set_aside(chosen, by=user_of(request), why=request.POST.get("why", ""))
    said = ngettext("%s article is set aside.", "%s articles are set aside.", n) % n
    if n < len(chosen):
        late = len(chosen) - n
        return f"{said} " + (
            ngettext("%s is in print already.", "%s are in print already.", late) % late
        )
    return said


def _take_in(request: HttpRequest, batch: ImportBatch) -> str:
    n = batches.take_in(_chosen(request, batch), by=user_of(request))
    return ngettext("%s article is taken in again.", "%s articles are taken in again.", n) % n


def _look_again(request: HttpRequest, batch: ImportBatch) -> str:
    batches.forget_findings(batch)
    return _("All drafts are looked at again by the worker.")


def _chosen(request: HttpRequest, batch: ImportBatch) -> list[ImportedArticle]:
    keys = [int(key) for key in possible_keys(request.POST.getlist("article")) if key]
    return list(batch.articles.imported().filter(pk__in=keys).defer("text", "report"))


_ACTIONS: dict[str, Callable[[HttpRequest, ImportBatch], str]] = {
    "publish": _publish,
    "call-off": _call_off,
    "set-aside": _set_aside,
    "take-in": _take_in,
    "look-again": _look_again,
}
