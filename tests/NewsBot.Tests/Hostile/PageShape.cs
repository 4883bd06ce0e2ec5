namespace NewsBot.Tests.Hostile;

/// <summary>Looks a page over for markup that none of ours has, whether or not it would do anything by itself.</summary>
internal static class PageShape
{
    /// <summary>A function of a document that gives what is wrong with it, as sentences.</summary>
    public const string Faults = """
        (doc) => {
          const faults = [];
          const fault = (what, element) => faults.push(what + " " + (element.outerHTML ?? "").slice(0, 160));
          const isOwn = (address) => { try { return new URL(address, location.origin).origin === location.origin; } catch { return false; } };
          const allowed = new Set(("a article aside b bdi blockquote body br button code dd del details div dl dt em figcaption figure footer form h1 h2 h3 head header hr html i img input ins label li link main mark meta nav ol option p path polyline pre script section select small span strong summary svg table tbody td textarea th thead time title tr ul datalist fieldset legend").split(" "));
          for (const element of doc.querySelectorAll("*")) {
            if (!allowed.has(element.localName)) fault("element", element);
            for (const { name, value } of element.attributes) {
              if (name.startsWith("on") || ["style", "srcdoc", "srcset", "formaction", "ping", "background", "xlink:href", "http-equiv", "is", "slot"].includes(name)) fault("attribute " + name, element);
              if (["src", "action", "data-live", "data-fragment", "poster"].includes(name) && !isOwn(value)) fault("foreign " + name, element);
              if (name === "href" && !["http:", "https:", "mailto:"].includes(new URL(value, location.origin).protocol)) fault("scheme", element);
              if (name === "href" && element.localName !== "a" && !isOwn(value) && element.rel !== "canonical") fault("foreign", element);
            }
          }
          for (const script of doc.querySelectorAll("script"))
            if (script.type === "application/ld+json") { try { JSON.parse(script.textContent); } catch { fault("broken data", script); } }
            else if (!script.src) fault("script", script);
          for (const once of ["main", "h1", "body", "title"])
            if (doc.querySelectorAll(once).length !== 1) faults.push(doc.querySelectorAll(once).length + " times " + once);
          if (doc.getElementById !== Document.prototype.getElementById) faults.push("a name hides getElementById");
          for (const named of doc.querySelectorAll("img[name],a[name],form[name],p[name]")) fault("name", named);
          return faults;
        }
        """;
}
