using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace NewsBot.Fuzzing;

/// <summary>Looks at HTML as a browser would, whatever it is written like.</summary>
internal static class HarmlessHtml
{
    private static readonly HtmlParser Parser = new();

    private static readonly string[] Running =
    [
        "applet",
        "base",
        "button",
        "embed",
        "form",
        "frame",
        "frameset",
        "iframe",
        "input",
        "link",
        "math",
        "meta",
        "noscript",
        "object",
        "script",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
    ];

    private static readonly string[] Addresses = ["action", "cite", "data", "formaction", "href", "poster", "src"];

    /// <param name="html">What stands inside the body of one of our pages.</param>
    /// <exception cref="FindingException">It runs, frames, asks for or restyles something.</exception>
    public static void Check(string html)
    {
        foreach (var element in Parser.ParseDocument($"<body><div>{html}</div></body>").Body!.QuerySelectorAll("*"))
        {
            FindingException.ThrowUnless(
                !Running.Contains(element.LocalName, StringComparer.OrdinalIgnoreCase),
                $"The page holds an element {element.LocalName}."
            );
            foreach (var attribute in element.Attributes)
            {
                Check(element, attribute);
            }
        }
    }

    private static void Check(IElement element, IAttr attribute)
    {
        FindingException.ThrowUnless(
            !attribute.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase)
                && attribute.LocalName is not ("style" or "id" or "name"),
            $"The page holds a {element.LocalName} with {attribute.LocalName}."
        );
        if (Addresses.Contains(attribute.LocalName, StringComparer.OrdinalIgnoreCase))
        {
            // A browser leaves out tabs, line breaks and whatever stands before the first letter.
            var value = new string([.. attribute.Value.Where(character => character > ' ')]);
            FindingException.ThrowUnless(
                !value.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)
                    && !value.StartsWith("vbscript:", StringComparison.OrdinalIgnoreCase)
                    && !value.StartsWith("data:", StringComparison.OrdinalIgnoreCase),
                $"The page holds a {element.LocalName} whose {attribute.LocalName} runs something."
            );
        }
    }
}
