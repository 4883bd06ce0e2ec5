using System.Text;
using NewsBot.Core.Commands;
using NewsBot.Core.Digests;
using NewsBot.Core.Feeds;
using NewsBot.Core.Posts;
using NewsBot.Core.Sources;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Fuzzing;

/// <summary>The small languages that people type to the bot.</summary>
internal static class Grammars
{
    private static readonly FilterSubject Subject = new(
        "Harbour opens a second quay for the ferries",
        "The mayor of Lisboa said that the quay cost 12 million. 新しい埠頭が開いた。",
        "en",
        "Gazette",
        ["Ports", "Ferries"],
        ["Inês Duarte"],
        new Uri("https://news.example.org/quay"),
        true
    );

    private static readonly PostBody.Card Card = new(
        new StoryId(1),
        "Harbour opens a *second* quay",
        "https://news.example.org/quay",
        "Gazette",
        ["Courier", "Ha'il [Post]"],
        new DateTimeOffset(2026, 3, 29, 0, 59, 0, TimeSpan.Zero),
        "The mayor said that the quay cost 12 million.",
        Picture: null,
        Comments: 12,
        Correction: null,
        IsRemoved: false
    );

    private static readonly DateTimeOffset[] Instants =
    [
        new(2026, 3, 29, 0, 59, 0, TimeSpan.Zero),
        new(2026, 10, 25, 0, 30, 0, TimeSpan.Zero),
        new(2027, 12, 31, 23, 59, 59, TimeSpan.Zero),
    ];

    public static void Filter(ReadOnlyMemory<byte> bytes)
    {
        if (!Core.Sources.Filter.TryParse(Encoding.UTF8.GetString(bytes.Span), out var filter, out _))
        {
            return;
        }

        filter.Matches(Subject);
        FindingException.ThrowUnless(
            Core.Sources.Filter.TryParse(filter.ToString(), out var again, out _)
                && again.Equals(filter)
                && again.Matches(Subject).Passes == filter.Matches(Subject).Passes,
            "What is written from a filter reads differently."
        );
    }

    public static void Schedule(ReadOnlyMemory<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes.Span);
        if (QuietHours.TryParse(text, out var quiet, out _))
        {
            foreach (var instant in Instants)
            {
                FindingException.ThrowUnless(
                    quiet!.NextEnd(instant, TimeZoneInfo.Utc) >= instant,
                    "Quiet hours end before they are asked for."
                );
            }
        }

        if (!DigestSchedule.TryParse(text, TimeZoneInfo.Utc, out var schedule, out _))
        {
            return;
        }

        FindingException.ThrowUnless(
            DigestSchedule.TryParse(schedule.ToString(), TimeZoneInfo.Utc, out var again, out _)
                && again.Equals(schedule),
            "What is written from a schedule reads differently."
        );
        foreach (var instant in Instants)
        {
            FindingException.ThrowUnless(
                schedule.NextAfter(instant) > instant,
                "The next digest is not in the future."
            );
        }
    }

    public static void Command(ReadOnlyMemory<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes.Span);
        CommandLine.Parse(text);
        StoryReference.Parse(text);
        PageRecipe.Read(text, out _);
        SearchQuery.Of(text);
        if (LengthOfTime.Parse(text) is { } length)
        {
            FindingException.ThrowUnless(
                length > TimeSpan.Zero && length <= LengthOfTime.Longest,
                "A length of time is out of bounds."
            );
        }
    }

    public static void Template(ReadOnlyMemory<byte> bytes)
    {
        if (!CardTemplate.TryParse(Encoding.UTF8.GetString(bytes.Span), out var template, out _))
        {
            return;
        }

        var card = template!.Render(new CardFacts(Card, "Inês Duarte", ["Ports", "@everyone"]));
        FindingException.ThrowUnless(card is null or { Length: <= 1_501 }, "A card made by a template is too long.");
    }
}
