"""The site's map, one line an app. The catch-all for pages of staff stands last."""

from django.contrib import admin
from django.urls import include, path

from leadbureau import health, media, search, sitemaps, views, well_known

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", search.search, name="search"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", well_known.robots, name="robots"),
    path("favicon.ico", well_known.favicon, name="favicon"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path(".well-known/security.txt", well_known.security_txt, name="security_txt"),
    path("media/pictures/<path:path>", media.picture, name="picture"),
    path("admin/", admin.site.urls),
    path("sites/", include("sites.jurisdictions.urls")),
    path("", include("sites.certification.urls")),
    path("partners/", include("partners.urls")),
    path("assistance/", include("sites.assistance.urls")),
    path("contact/", include("leadbureau.mail.urls")),
    path("", include("leadbureau.content.urls")),
]

handler400 = "leadbureau.kit.error_pages.bad_request"
handler403 = "leadbureau.kit.error_pages.forbidden"
handler404 = "leadbureau.kit.error_pages.not_found"
handler500 = "leadbureau.kit.error_pages.server_error"
