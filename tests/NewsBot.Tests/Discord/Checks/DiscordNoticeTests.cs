using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord.Objects;

namespace NewsBot.Tests.Discord.Checks;

public sealed class DiscordNoticeTests
{
    [Fact]
    public void A_link_to_our_own_page_becomes_absolute()
    {
        var message = DiscordNotice.Message(
            7,
            "Ada wrote comment 3 on [One \\[screw\\]](/stories/12-one#c3).",
            "https://news.example/"
        );

        Assert.Equal(
            "Ada wrote comment 3 on [One \\[screw\\]](<https://news.example/stories/12-one#c3>).",
            message.Content
        );
    }

    [Fact]
    public void Without_a_public_address_only_the_words_of_a_link_are_left()
    {
        var message = DiscordNotice.Message(7, "Ada wrote comment 3 on [One screw](/stories/12-one#c3).", null);

        Assert.Equal("Ada wrote comment 3 on One screw.", message.Content);
    }

    [Fact]
    public void An_escaped_bracket_begins_no_link()
    {
        var message = DiscordNotice.Message(7, @"\[a](/b) and \\[c](/d)", "https://news.example");

        Assert.Equal(@"\[a](/b) and \\[c](<https://news.example/d>)", message.Content);
    }

    [Fact]
    public void It_pings_nobody_and_has_a_key_of_its_own()
    {
        var message = DiscordNotice.Message(7, "@everyone <@1>", null);

        Assert.Empty(message.AllowedMentions.Parse);
        Assert.Equal(("private-7", true), (message.Nonce, message.EnforceNonce));
        Assert.Equal(MessageFlags.SuppressEmbeds, message.Flags);
    }

    [Fact]
    public void The_key_of_the_greatest_row_is_short_enough_for_discord() =>
        Assert.True(DiscordNotice.Message(99_999_999_999_999_999, "x", null).Nonce!.Length <= 25);

    [Fact]
    public void What_is_too_long_is_cut_between_characters()
    {
        var message = DiscordNotice.Message(7, "x" + string.Concat(Enumerable.Repeat("🗞", 2_000)), null);

        Assert.True(message.Content!.Length <= 2_000);
        Assert.EndsWith("🗞…", message.Content, StringComparison.Ordinal);
    }
}
