using System.Globalization;
using System.Text.RegularExpressions;
using Fluid;
using Fluid.Filters;
using Fluid.Values;
using NewsBot.Core.Text;

namespace NewsBot.Core.Posts;

/// <summary>
/// What an admin wants cards to say below their headline, written in Liquid (https://shopify.github.io/liquid/).
/// Foreign text is escaped before it is put in, so that the result is Markdown of ours.
/// </summary>
public sealed partial class CardTemplate
{
    /// <summary>Longest template, in characters.</summary>
    public const int MaxChars = 2_000;

    // A card is read at a glance; more would push its buttons out of sight.
    private const int MaxResultChars = 1_500;

    // Conditions and values only: what loops, collects or multiplies text could fill the memory.
    private static readonly string[] Tags =
    [
        "if",
        "elsif",
        "else",
        "endif",
        "unless",
        "endunless",
        "case",
        "when",
        "endcase",
        "comment",
        "endcomment",
    ];

    private static readonly string[] Filters =
    [
        "append",
        "capitalize",
        "date",
        "default",
        "downcase",
        "first",
        "join",
        "last",
        "prepend",
        "size",
        "strip",
        "truncate",
        "truncatewords",
        "upcase",
    ];

    // The parser repeats all that it could not read.
    private const int MaxReason = 200;

    // No form of a date needs more.
    private const int MaxDateForm = 100;

    private const string WideDate =
        "It has a date that is filled up to a width of a hundred or more, which is not taken.";

    private static readonly FluidParser Parser = new();

    private static readonly TemplateOptions Options = OwnOptions();

    private readonly IFluidTemplate _template;

    private CardTemplate(IFluidTemplate template) => _template = template;

    /// <summary>The names a template may use.</summary>
    public static IReadOnlyList<string> Names { get; } =
    ["headline", "source", "also", "summary", "url", "author", "categories", "published", "comments"];

    /// <param name="text">The template as written.</param>
    /// <param name="template">The template; null where it cannot be used.</param>
    /// <param name="problem">One sentence saying what is wrong; null where nothing is.</param>
    public static bool TryParse(string text, out CardTemplate? template, out string? problem)
    {
        template = null;
        problem = Check(text);
        if (problem is not null)
        {
            return false;
        }

        if (!Parser.TryParse(text, out var parsed, out var error))
        {
            var reason = error.ReplaceLineEndings(" ");
            problem = $"It cannot be read: {(reason.Length <= MaxReason ? reason : reason[..MaxReason] + "…")}";
            return false;
        }

        template = new CardTemplate(parsed);
        return true;
    }

    /// <returns>Markdown of at most 1,500 characters; null where nothing is left or it cannot be made.</returns>
    public string? Render(CardFacts facts)
    {
        var card = facts.Card;
        var context = new TemplateContext(Options);
        context.SetValue("headline", MarkdownEscape.Line(card.Headline));
        context.SetValue("source", MarkdownEscape.Line(card.Source));
        context.SetValue("also", card.Also.Select(name => MarkdownEscape.Line(name)).ToArray());
        context.SetValue("summary", MarkdownEscape.Line(card.Summary));
        context.SetValue("url", Uri.TryCreate(card.Url, UriKind.Absolute, out var url) ? $"<{url.AbsoluteUri}>" : "");
        context.SetValue("author", MarkdownEscape.Line(facts.Author ?? ""));
        context.SetValue("categories", facts.Categories.Select(name => MarkdownEscape.Line(name)).ToArray());
        context.SetValue("published", card.PublishedAt);
        context.SetValue("comments", card.Comments);
        try
        {
            var text = _template.Render(context, NullEncoder.Default).Trim();
            return text.Length == 0 ? null
                : text.Length <= MaxResultChars ? text
                : text[..MaxResultChars].TrimEnd('\\', ' ') + "…";
        }
        catch (Exception error)
            when (error is InvalidOperationException or ArithmeticException or ArgumentException or FormatException)
        {
            // It took more steps than it may, or a filter cannot do what it is asked for.
            return null;
        }
    }

    private static TemplateOptions OwnOptions()
    {
        var options = new TemplateOptions
        {
            // Far more than conditions in 2,000 characters can take.
            MaxSteps = 10_000,
            MaxRecursion = 20,
            CultureInfo = CultureInfo.InvariantCulture,
            TimeZone = TimeZoneInfo.Utc,
        };
        options.Filters.AddFilter("date", Date);
        return options;
    }

    // "%999999999Y" fills a gigabyte with zeros; and the form of a date may be a value, which somebody's feed says.
    private static ValueTask<FluidValue> Date(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var form = arguments.At(0).ToStringValue();
        return form.Length <= MaxDateForm && !Wide().IsMatch(form)
            ? MiscFilters.Date(input, arguments, context)
            : throw new InvalidOperationException(WideDate);
    }

    private static string? Check(string text)
    {
        if (text.Length > MaxChars)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"It has {text.Length:N0} characters; at most {MaxChars:N0} are taken."
            );
        }

        if (
            Inside().Matches(text).FirstOrDefault(match => match.Value.Contains("..", StringComparison.Ordinal))
            is not null
        )
        {
            return "It has a range (..), which is not taken.";
        }

        if (Inside().Matches(text).Any(match => Wide().IsMatch(match.Value)))
        {
            return WideDate;
        }

        if (Unknown(text, ValueName(), Names) is { } name)
        {
            return $"It has the value “{name}”; there are {string.Join(", ", Names)}.";
        }

        if (Unknown(text, TagName(), Tags) is { } tag)
        {
            return $"It has the tag “{tag}”; taken are {string.Join(", ", Tags.Where(one => !one.StartsWith("end", StringComparison.Ordinal)))}.";
        }

        var inside = string.Join('\n', Inside().Matches(text).Select(match => Quoted().Replace(match.Value, "''")));
        return Unknown(inside, FilterName(), Filters) is { } filter
            ? $"It has the filter “{filter}”; taken are {string.Join(", ", Filters)}."
            : null;
    }

    private static string? Unknown(string text, Regex name, IReadOnlyList<string> known) =>
        name.Matches(text)
            .Select(match => match.Groups["name"].Value)
            .FirstOrDefault(one => !known.Contains(one, StringComparer.Ordinal));

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Inside();

    [GeneratedRegex(@"\{\{-?\s*(?<name>[A-Za-z_][\w.-]*)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex ValueName();

    [GeneratedRegex(@"\{%-?\s*(?<name>[^\s%]*)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex TagName();

    [GeneratedRegex(@"%[^A-Za-z%]*\d{3}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Wide();

    [GeneratedRegex("""("[^"]*")|('[^']*')""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\|\s*(?<name>[^\s:|}%]*)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex FilterName();
}

/// <summary>What a template can speak of.</summary>
/// <param name="Card">The card as usual.</param>
/// <param name="Author">Of the leading report; null where it names none.</param>
/// <param name="Categories">Of the leading report.</param>
public sealed record CardFacts(PostBody.Card Card, string? Author, IReadOnlyList<string> Categories);
