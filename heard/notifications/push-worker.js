// Shows what was pushed, also while no page of Heard is open, and leads to it.
self.addEventListener("push", (event) => {
  const said = event.data ? event.data.json() : {};
  event.waitUntil(self.registration.showNotification(said.title || "Heard", {
    body: said.body || "",
    tag: said.tag,
    icon: "/static/ui/mark.svg",
    data: { url: said.url || "/notifications" },
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data.url, self.location.origin);
  // Only ever into our own house.
  const place = url.origin === self.location.origin ? url.href : self.location.origin;
  event.waitUntil(self.clients.matchAll({ type: "window" }).then((pages) => {
    const open = pages.find((page) => page.url === place);
    return open ? open.focus() : self.clients.openWindow(place);
  }));
});
