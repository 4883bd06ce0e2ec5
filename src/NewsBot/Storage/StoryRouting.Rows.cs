using System.Globalization;
using NewsBot.Core.Commands;
using NewsBot.Core.Stories;
using NewsBot.Core.Text;

namespace NewsBot.Storage;

internal sealed partial class StoryRouting
{
    private sealed class SubscriptionRow
    {
        public string? Filter { get; init; }
        public required long Offer { get; init; }
        public string? SourcePing { get; init; }
        public string? ChannelPing { get; init; }
        public required long ChannelId { get; init; }
        public required string Name { get; init; }
        public required string Mode { get; init; }
        public required string TimeZone { get; init; }
        public string? QuietHours { get; init; }
        public required long MaxPerHour { get; init; }
        public required long MaxPerDay { get; init; }
        public required long LastHour { get; init; }
        public required long LastDay { get; init; }
        public string? Languages { get; init; }
        public required long BreakingOutlets { get; init; }
        public required long BreakingMs { get; init; }
        public string? State { get; init; }

        public BreakingRule BreakingRule() => new((int)BreakingOutlets, TimeSpan.FromMilliseconds(BreakingMs));

        public bool Speaks(string? language) =>
            Languages is null || LanguageGuess.IsOneOf(language, Languages.Split(' '));

        public string WhyBreaking() =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{BreakingOutlets} outlets reported it within {LengthOfTime.Words(TimeSpan.FromMilliseconds(BreakingMs))}"
            );
    }
}
