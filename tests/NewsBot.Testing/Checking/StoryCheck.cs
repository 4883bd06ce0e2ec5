namespace NewsBot.Testing.Checking;

/// <summary>Each story is posted once in each channel, as a card or in a digest.</summary>
internal static class StoryCheck
{
    public static void Look(CheckedWorld world, CheckReport report)
    {
        foreach (var told in world.Account.Stories)
        {
            if (!world.Stories.TryGetValue(told.Headline, out var story))
            {
                continue;
            }

            foreach (var channel in told.Cards.Select(id => world.Channels[id]))
            {
                var cards = world.Cards(story, channel);
                report.Posts++;
                report.Count(1, cards.Count, $"The card of “{told.Headline}” in channel {channel.Id} ({channel.Side})");
                LookAtWords(told, cards, report);
            }

            foreach (var channel in told.Digests.Select(id => world.Channels[id]))
            {
                LookAtDigests(world, told, story, channel, report);
            }
        }
    }

    private static void LookAtDigests(
        CheckedWorld world,
        ToldStory told,
        StoryRow story,
        ChannelRow channel,
        CheckReport report
    )
    {
        var listed = world.Ledger.Digests.Where(row => row.Channel == channel.Id && row.Story == story.Id).ToList();
        report.Count(1, listed.Count, $"“{told.Headline}” in the digests of channel {channel.Id} ({channel.Side})");
        if (listed.Count != 1)
        {
            return;
        }

        var cards = world.Cards(story, channel);
        var isCard = listed[0].IsCard != 0;
        report.Posts += isCard ? 1 : 0;
        report.Count(
            isCard ? 1 : 0,
            cards.Count,
            $"The digest's card of “{told.Headline}” in channel {channel.Id} ({channel.Side})"
        );
        LookAtWords(told, cards, report);
        if (!isCard && Named(world, told, channel) == 0)
        {
            report.Add(
                FindingKind.Lost,
                $"“{told.Headline}” is in no list of the digests of channel {channel.Id} ({channel.Side})."
            );
        }
    }

    private static int Named(CheckedWorld world, ToldStory told, ChannelRow channel) =>
        channel.Side switch
        {
            Side.Discord => world.Shown.Discord.Count(one => one.Place == channel.ExternalId && Names(one, told)),
            Side.Slack => world.Shown.Slack.Count(one =>
                one.Place == channel.ExternalId && one.Thread is null && Names(one, told)
            ),
            _ => world.Ledger.Web.Count(row =>
                row.Channel == channel.Id
                && row.Member is null
                && row.Body.Contains(told.Headline, StringComparison.Ordinal)
            ),
        };

    private static bool Names(ShownMessage message, ToldStory told) =>
        message.Everything.Contains(told.Headline, StringComparison.Ordinal);

    private static void LookAtWords(ToldStory told, IReadOnlyList<ShownMessage> cards, CheckReport report)
    {
        foreach (var card in cards.Where(card => !Names(card, told)))
        {
            report.Add(FindingKind.Wrong, $"The card of “{told.Headline}” says: {card.Everything}");
        }
    }
}
