"""Picking a place's position on a map, in the staff's site; with numbers and a button where no script runs."""

from dataclasses import asdict

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms.widgets import Script
from django.http import Http404, HttpResponse, HttpResponseBadRequest, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import path
from django.views.decorators.http import require_safe

from sites.jurisdictions.counties import counties
from sites.jurisdictions.county_lines import HIGH, WIDE, state_drawing
from sites.jurisdictions.models import Jurisdiction, State
from sites.jurisdictions.picked_position import Picked, centre_of

CENTRE = "_centre"  # the button that takes the middle of the county


class PositionAdmin(admin.ModelAdmin):
    """Gives the form the field `picker`."""

    class Media:
        css = {"all": ("css/admin-map.css",)}
        js = (Script("js/admin-map.js", type="module"),)

    def get_urls(self):
        views = {
            "position/": (self.position, "position"),
            "position/map/": (self.position_map, "position_map"),
            "position/centre/": (self.position_centre, "position_centre"),
        }
        own = [
            path(
                route,
                self.admin_site.admin_view(require_safe(view)),
                name=f"jurisdictions_jurisdiction_{name}",
            )
            for route, (view, name) in views.items()
        ]
        return [*own, *super().get_urls()]

    @admin.display(description="on the map")
    def picker(self, place: Jurisdiction):
        state = place.state if place.state_id else None
        drawing = state_drawing(state.usps) if state else None
        context: dict = {"place": place, "state": state, "drawing": drawing, "wide": WIDE, "high": HIGH}
        if state and place.latitude is not None and place.longitude is not None:
            context["picked"] = Picked.at_degrees(state, place.latitude, place.longitude)
        return render_to_string("admin/jurisdictions/jurisdiction/picker.html", context)

    def position(self, request) -> HttpResponse:
        """?state=<key> with x and y of the canvas, or with latitude and longitude: all that is known of it."""
        state = self._state(request)
        try:
            if "x" in request.GET:
                found = Picked.at_point(state, float(request.GET["x"]), float(request.GET["y"]))
            else:
                found = Picked.at_degrees(
                    state, float(request.GET["latitude"]), float(request.GET["longitude"])
                )
        except (KeyError, ValueError, OverflowError):
            return HttpResponseBadRequest("Give x and y, or latitude and longitude, as numbers.")
        if found is None:
            raise Http404
        return JsonResponse(asdict(found))

    def position_map(self, request) -> HttpResponse:
        """The drawing of ?state=<key> as an SVG. 404 for a state without one."""
        state = self._state(request)
        drawing = state_drawing(state.usps)
        if drawing is None:
            raise Http404
        context = {"state": state, "drawing": drawing, "wide": WIDE, "high": HIGH}
        response = render(
            request, "admin/jurisdictions/jurisdiction/picker_map.svg", context, content_type="image/svg+xml"
        )
        response.headers["Cache-Control"] = "private, max-age=86400"
        return response

    def position_centre(self, request) -> HttpResponse:
        """The middle of the first county of ?county_fips=."""
        self._may(request)
        centre = centre_of(request.GET.get("county_fips", ""))
        if centre is None:
            raise Http404
        return JsonResponse({"latitude": centre[0], "longitude": centre[1]})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and CENTRE in request.POST:
            request.POST = self._with_centre(request)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _with_centre(self, request) -> QueryDict:
        """What was posted, with the middle of the first county as position; it is saved, and the form stays."""
        posted = request.POST.copy()
        codes = posted.get("county_fips", "")
        centre = centre_of(codes)
        posted["_continue"] = "yes"
        if centre is None:
            messages.error(
                request, "Give the Census code of a county first; its center becomes the position."
            )
        else:
            posted["latitude"], posted["longitude"] = (str(degrees) for degrees in centre)
            name = counties()[codes.split()[0]].full_name
            messages.info(request, f"The position is now the center of {name}.")
        return posted

    def _may(self, request) -> None:
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied

    def _state(self, request) -> State:
        self._may(request)
        key = request.GET.get("state", "")
        if not key.isdecimal():
            raise Http404
        return get_object_or_404(State, pk=int(key))
