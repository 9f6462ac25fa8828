"""Small previews of the images in the text."""

from __future__ import annotations

from urllib.parse import urlsplit

from reader import sanitize
from reader.locale import _, ngettext
from reader.ui.commands.host import Group


class Images(Group):
    """The images of the article."""

    def previews(self) -> None:
        """Shows small previews in the text, or hides them; asks before any are fetched."""
        images = self.session.images
        if images.previewing:
            images.hide()
            return
        if not self.session.article.document.images:
            self.session.say(_("No images in this article"))
            return
        if problem := images.lacking:
            self.session.say(_("No previews: {problem}").format(problem=problem), warning=True)
            return
        addresses = images.to_fetch()
        if not addresses:
            images.preview(fetch=False)
            return
        from reader.ui.widgets.dialogs import AskDialog

        hosts = ", ".join(dict.fromkeys(sanitize.clean_line(urlsplit(one).netloc)[:60] for one in addresses))
        asked = ngettext(
            "Fetch 1 image of this article, as you come to it?",
            "Fetch {count} images of this article, as you come to them?",
            len(addresses),
        )
        where = _("From {hosts}").format(hosts=hosts[:400])
        question = f"{asked.format(count=len(addresses))}\n\n{where}"
        self.host.push(AskDialog(self.host.theme_styles, question), lambda yes: images.preview(fetch=bool(yes)))
