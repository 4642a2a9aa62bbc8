"""Static files for production: hashed names, compressed twins, and one stylesheet instead of twenty."""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# A stylesheet whose imports are put in their place when static files are collected. In development the
# browser follows the imports itself; in production each would cost the reader a round trip.
BUNDLE = "css/main.css"
_IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>[\w-]+)\);')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def bundle(source: str, read) -> str:
    """The stylesheet with every `@import url("x") layer(y);` replaced by that file inside `@layer y {}`.

    read(path) gives the text of an imported file. Imported files hold no url(): a folder's depth would
    change its meaning; raises ValueError for one that does.
    """

    def inline(match: re.Match) -> str:
        text = _COMMENT.sub("", read(match["path"]))
        if "url(" in text:
            raise ValueError(f"{match['path']} holds a url(), which does not survive bundling.")
        return f"@layer {match['layer']} {{\n{text.strip()}\n}}"

    return _IMPORT.sub(inline, _COMMENT.sub("", source))


class HashedStaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files; imports of JavaScript modules are rewritten to the hashed names."""

    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        if BUNDLE in paths and not dry_run:
            self._write_bundle(paths)
        yield from super().post_process(paths, dry_run, **options)

    def _write_bundle(self, paths) -> None:
        def read(path: str) -> str:
            storage, name = paths[path]
            with storage.open(name) as file:
                return file.read().decode()

        folder = BUNDLE.rpartition("/")[0]
        text = bundle(read(BUNDLE), lambda path: read(f"{folder}/{path}"))
        self.delete(BUNDLE)
        self._save(BUNDLE, ContentFile(text.encode()))
        paths[BUNDLE] = (self, BUNDLE)
