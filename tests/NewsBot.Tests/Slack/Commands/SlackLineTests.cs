using NewsBot.Chat.Slack;

namespace NewsBot.Tests.Slack.Commands;

/// <summary>The text behind the slash command, as Slack escapes it.</summary>
public sealed class SlackLineTests
{
    private static readonly Dictionary<string, string> People = new(StringComparer.Ordinal) { ["U123"] = "member-4" };
    private static readonly Dictionary<string, string> Channels = new(StringComparer.Ordinal) { ["C9X"] = "channel-2" };

    [Theory]
    [InlineData("mute <@U123|saga> 2 hours", "mute member-4 2 hours")]
    [InlineData("mute <@U123>", "mute member-4")]
    [InlineData("mute <@U999|kofi>", "mute @kofi")]
    [InlineData("mute <@U999>", "mute @U999")]
    [InlineData("add x.org --channel <#C9X|news>", "add x.org --channel channel-2")]
    [InlineData("search <#C777|sea-life>", "search #sea-life")]
    [InlineData("add <https://x.org/a?b=1&amp;c=2|x.org>", "add https://x.org/a?b=1&c=2")]
    [InlineData("add <https://x.org/feed>", "add https://x.org/feed")]
    [InlineData("filter set cnet a &lt; b &amp;&amp; c &gt; d", "filter set cnet a < b && c > d")]
    [InlineData("search &amp;lt;b&amp;gt;", "search &lt;b&gt;")]
    [InlineData("channel ping <!subteam^S0123ABCD|@desk>", "channel ping <!subteam^S0123ABCD|@desk>")]
    [InlineData("search <!channel> <@> <#> <", "search <!channel> <@> <#> <")]
    [InlineData("  latest\u00a0", "latest")]
    public void Slacks_ids_become_names_and_its_signs_themselves(string text, string expected)
    {
        Assert.Equal(expected, SlackLine.Read(text, People, Channels));
    }

    [Fact]
    public void Only_channels_behind_the_option_and_people_are_looked_up()
    {
        const string Text = "add x.org --channel <#C1A|a> <#C2B|b> --channel=\"<#C3C>\" <@U1A|x> <@W2B> <@U1A>";

        Assert.Equal(["C1A", "C3C"], SlackLine.Channels(Text));
        Assert.Equal(["U1A", "W2B"], SlackLine.People(Text));
    }

    [Fact]
    public void A_text_made_to_be_slow_is_read_as_fast_as_any()
    {
        var text = string.Concat(Enumerable.Repeat("<https://", 4_000)) + new string('<', 4_000);

        Assert.InRange(SlackLine.Read(text, People, Channels).Length, 1, 8_000);
    }
}
