using System.Text;

namespace NewsBot.Web.Views;

/// <summary>Turns what the full-text index marked into safe HTML. Pure.</summary>
internal static class SearchWords
{
    private const char Open = '\u0001';
    private const char Close = '\u0002';

    /// <summary>Escapes text and turns the index's marks into elements.</summary>
    public static string ToHtml(string marked)
    {
        var html = new StringBuilder();
        var isOpen = false;
        foreach (var part in Split(marked))
        {
            switch (part)
            {
                case "\u0001" when !isOpen:
                    html.Append("<mark>");
                    isOpen = true;
                    break;
                case "\u0002" when isOpen:
                    html.Append("</mark>");
                    isOpen = false;
                    break;
                case "\u0001" or "\u0002":
                    break;
                default:
                    html.Append(Wording.Html.Encode(part));
                    break;
            }
        }

        return isOpen ? html.Append("</mark>").ToString() : html.ToString();
    }

    private static IEnumerable<string> Split(string marked)
    {
        var start = 0;
        for (var index = 0; index < marked.Length; index++)
        {
            if (marked[index] is Open or Close)
            {
                if (index > start)
                {
                    yield return marked[start..index];
                }

                yield return marked[index].ToString();
                start = index + 1;
            }
        }

        if (start < marked.Length)
        {
            yield return marked[start..];
        }
    }
}
