using NewsBot.Core.Commands;

namespace NewsBot.Chat.Slack;

/// <summary>The forms there are, by the name that opens them. Pure.</summary>
internal static class SlackFormKinds
{
    public const string Home = "home";
    public const string Source = "source";
    public const string Digest = "digest";
    public const string Filter = "filter";
    public const string Template = "template";
    public const string Import = "import";
    public const string Login = "login";

    private static readonly Dictionary<string, string> ByVerb = new(StringComparer.Ordinal)
    {
        ["add"] = Source,
        ["digest set"] = Digest,
        ["filter set"] = Filter,
        ["template set"] = Template,
        ["import"] = Import,
        ["login set"] = Login,
    };

    /// <summary>The form that a line without its values opens.</summary>
    /// <param name="line">What stands behind the slash command, decoded.</param>
    /// <returns>The form, and the source the line names; null where the line is to be run.</returns>
    public static (string Kind, string? Source)? Opens(string line)
    {
        var text = line.Trim();
        if (text.Length == 0)
        {
            return (Home, null);
        }

        foreach (var (verb, kind) in ByVerb)
        {
            if (string.Equals(text, verb, StringComparison.OrdinalIgnoreCase))
            {
                return (kind, null);
            }

            if (
                kind is Filter or Template or Login
                && text.StartsWith(verb + " ", StringComparison.OrdinalIgnoreCase)
                && text[(verb.Length + 1)..].Trim() is { Length: > 0 } rest
                && !rest.Contains("--", StringComparison.Ordinal)
                && (kind == Login || IsOneWord(rest))
            )
            {
                return (kind, rest.Trim('"', '“', '”'));
            }
        }

        return null;
    }

    /// <summary>The verb a form stands for; its role is the form's.</summary>
    public static CommandSpec? Verb(string kind) =>
        ByVerb.FirstOrDefault(pair => pair.Value == kind).Key is { } verb ? Catalogue.Find(verb.Split(' ')) : null;

    // "filter set cnet" names the source and leaves the filter out; "filter set cnet -rumor" has all.
    private static bool IsOneWord(string rest) =>
        !rest.Any(char.IsWhiteSpace) || (rest is ['"', .., '"'] && rest.Count(one => one == '"') == 2);
}
