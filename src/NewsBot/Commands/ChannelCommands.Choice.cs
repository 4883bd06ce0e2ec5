using System.Globalization;
using NewsBot.Core.Commands;
using NewsBot.Core.Digests;
using NewsBot.Core.Stories;

namespace NewsBot.Commands;

/// <summary>Which news a channel gets, and which of it at once: channel breaking, channel languages, channel variety.</summary>
internal sealed partial class ChannelCommands
{
    // More languages than anybody reads.
    private const int MostLanguages = 20;

    private async Task<CommandReply> BreakingAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var isOff = context.Command["outlets"].Equals("off", StringComparison.OrdinalIgnoreCase);
        var asked = Number(context.Command["outlets"], BreakingRule.MostOutlets);
        var within = context.Command.Find("within") is { } text ? LengthOf(text) : BreakingRule.Usual.Within;
        if (
            !isOff && (asked is null or < BreakingRule.FewestOutlets || within is null || within > BreakingRule.Longest)
        )
        {
            return CommandReply.Wrong(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Say how many outlets ({BreakingRule.FewestOutlets} to {BreakingRule.MostOutlets}) must report a story within which time (at most {LengthOfTime.Words(BreakingRule.Longest)}), such as `/news channel breaking 3 \"2 hours\"`, or `/news channel breaking off`."
                )
            );
        }

        return await ChangeAsync(
            changes,
            context,
            (connection, channel) =>
            {
                var mode = (isOff, channel.Mode) switch
                {
                    (true, "digest+breaking") => "digest",
                    (false, "digest") => "digest+breaking",
                    _ => channel.Mode,
                };
                var (outlets, length) = isOff
                    ? (channel.BreakingOutlets, channel.BreakingMs)
                    : (asked!.Value, (long)within!.Value.TotalMilliseconds);
                return PlanAsync(
                    connection,
                    channel,
                    [
                        ("mode", channel.Mode, mode),
                        ("breaking", Rule(channel.BreakingOutlets, channel.BreakingMs), Rule(outlets, length)),
                    ],
                    (mode, isOff) switch
                    {
                        ("instant", true) => "\nEverything comes at once here, whatever is breaking.",
                        ("instant", _) =>
                            "\nEverything comes at once here; what is breaking also calls the channel's role, if it has one.",
                        (_, true) => "\nEverything waits for the digest.",
                        _ =>
                            "\nSuch a story is posted at once, and once; everything else waits for the digest. Several feeds of one publisher count once.",
                    },
                    ("mode", mode),
                    ("breaking_outlets", outlets),
                    ("breaking_ms", length)
                );
            },
            cancellationToken
        );
    }

    private async Task<CommandReply> LanguagesAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (!TryReadLanguages(context.Command["languages"], out var wanted))
        {
            return CommandReply.Wrong(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Name at most {MostLanguages} languages by their codes of two letters, such as `/news channel languages en de`; `/news channel languages all` takes everything."
                )
            );
        }

        return await SetAsync(
            context,
            channel => [("languages", channel.Languages ?? "all", wanted ?? "all")],
            wanted is null
                ? ""
                : "\nThe language is told from the text, else from what the feed says. What nobody can tell comes in.",
            [("languages", wanted)],
            cancellationToken
        );
    }

    private async Task<CommandReply> VarietyAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (Number(context.Command["per-source"], DigestTaste.MostPerSource) is not { } wanted)
        {
            return CommandReply.Wrong(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Say how many stories of one source a digest may have, from 1 to {DigestTaste.MostPerSource}, such as `/news channel variety {DigestTaste.UsualPerSource}`."
                )
            );
        }

        var cards = new DigestTaste(0, (int)wanted).CardsPerSource;
        return await SetAsync(
            context,
            channel => [("stories of one source in a digest", Text(channel.PerSource), Text(wanted))],
            string.Create(
                CultureInfo.InvariantCulture,
                $"\nAt most {cards} of them as cards; what is over waits for the next digest. Where only one source has news, all of it comes."
            ),
            [("digest_per_source", wanted)],
            cancellationToken
        );
    }

    /// <summary>Reads codes of languages with spaces or commas between them.</summary>
    /// <param name="text">As written; “all” for no choice.</param>
    /// <param name="languages">The codes with spaces between them; null for all.</param>
    public static bool TryReadLanguages(string text, out string? languages)
    {
        var codes = text.ToLowerInvariant()
            .Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        languages = codes is ["all"] ? null : string.Join(' ', codes);
        return codes is ["all"]
            || (
                codes.Count is > 0 and <= MostLanguages
                && codes.TrueForAll(code => code.Length is 2 or 3 && code.All(char.IsAsciiLetterLower))
            );
    }

    // A bare number is minutes.
    private static TimeSpan? LengthOf(string text) =>
        LengthOfTime.Parse(text.All(char.IsAsciiDigit) ? $"{text} minutes" : text);

    private static string Rule(long outlets, long milliseconds) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{outlets} outlets within {LengthOfTime.Words(TimeSpan.FromMilliseconds(milliseconds))}"
        );
}
