using NewsBot.Chat;
using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord;

namespace NewsBot.Tests.Discord.Commands;

/// <summary>Suggestions while typing, forms, and the menu of messages.</summary>
public sealed class DiscordMenuTests
{
    [Fact]
    public async Task Sources_and_stories_are_suggested_by_what_is_typed_whatever_its_case_and_accents()
    {
        await using var rig = await DiscordRig.NewAsync();
        await rig.Rig.StoryAsync(12, "Café opens on Mars");

        Assert.Equal(
            [("The Daily", "source-1")],
            await rig.TypeAsync(DiscordRig.Admin, "news-admin pause", "source", "dAIly")
        );
        Assert.Equal(
            [("Café opens on Mars", "12")],
            await rig.TypeAsync(DiscordRig.Reader, "news story", "story", "mars cafe")
        );
        Assert.Equal(
            [("Café opens on Mars", "12")],
            await rig.TypeAsync(DiscordRig.Reader, "news story", "story", "1")
        );
    }

    [Fact]
    public async Task At_most_25_are_suggested_with_short_labels()
    {
        await using var rig = await DiscordRig.NewAsync();
        for (var i = 1; i <= 40; i++)
        {
            await rig.Rig.StoryAsync(i, new string('x', 300));
        }

        var suggested = await rig.TypeAsync(DiscordRig.Reader, "news story", "story", "");

        Assert.Equal(25, suggested.Count);
        Assert.All(suggested, one => Assert.InRange(one.Label.Length, 1, 100));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("' OR '1'='1")]
    [InlineData("\"; DROP TABLE story; --")]
    [InlineData("\u0000\uD800\u202E")]
    public async Task Hostile_typing_matches_only_what_holds_it(string typed)
    {
        await using var rig = await DiscordRig.NewAsync();
        await rig.Rig.StoryAsync(12, "Battery lasts a week");

        Assert.Empty(await rig.TypeAsync(DiscordRig.Reader, "news story", "story", "zz" + typed));
        Assert.DoesNotContain(
            await rig.TypeAsync(DiscordRig.Admin, "news-admin pause", "source", "zz" + typed),
            one => one.Value.Length > 0
        );
        Assert.Equal(1, await rig.Rig.ValueAsync<long>("SELECT COUNT(*) FROM story"));
    }

    [Fact]
    public async Task Nothing_is_suggested_to_who_may_not_use_the_command()
    {
        await using var rig = await DiscordRig.NewAsync();

        Assert.Empty(await rig.TypeAsync(DiscordRig.Reader, "news-admin pause", "source", ""));
    }

    [Fact]
    public async Task Comments_of_unpublished_channels_are_suggested_only_there()
    {
        await using var rig = await DiscordRig.NewAsync();
        await rig.Rig.StoryAsync(12, "Battery lasts a week");
        await rig.Rig.CommentAsync(12, 1, 3, "public words");
        await rig.Rig.CommentAsync(12, 2, 3, "private words");
        await rig.Rig.SqlAsync("UPDATE comment SET visibility = 'off' WHERE number = 2");

        Assert.Equal(
            ["12#1"],
            (await rig.TypeAsync(DiscordRig.Moderator, "news-mod hide", "comment", "words")).Select(one => one.Value)
        );
        await rig.Rig.SqlAsync("UPDATE comment SET channel_id = 10 WHERE number = 2");
        Assert.Equal(
            ["12#2"],
            (await rig.TypeAsync(DiscordRig.Moderator, "news-mod hide", "comment", "private")).Select(one => one.Value)
        );
    }

    [Theory]
    [InlineData("", "daily 8:30")]
    [InlineData("weekdays 8:30 berl", "weekdays 8:30 Europe/Berlin")]
    [InlineData("daily 7:00 new yo", null)]
    [InlineData("daily 7:00 new_yo", "daily 7:00 America/New_York")]
    [InlineData("daily 7:00", "daily 7:00")]
    public void A_schedule_is_completed_with_its_zone(string typed, string? expected)
    {
        var suggested = CommandSuggestions
            .Schedules(typed, DiscordAutocomplete.Limits)
            .Select(one => one.Value)
            .ToList();

        Assert.Equal(expected is not null, suggested.Count > 0);
        Assert.True(expected is null || suggested.Contains(expected), string.Join(", ", suggested));
    }

    [Fact]
    public async Task A_filter_without_text_opens_a_form_with_the_present_one()
    {
        await using var rig = await DiscordRig.NewAsync();
        await rig.Rig.SqlAsync(
            "INSERT INTO subscription (source_id, channel_id, filter, created_at) VALUES (1, 10, '-rumor', @Now)"
        );

        await rig.UseAsync(DiscordRig.Admin, "news-admin filter set", ("source", "source-1"));

        Assert.Equal(9, rig.Last.GetProperty("type").GetInt32());
        var form = rig.Last.GetProperty("data");
        Assert.Equal("filter:1:10", form.GetProperty("custom_id").GetString());
        Assert.Equal("Filter of The Daily", form.GetProperty("title").GetString());
        var field = form.GetProperty("components")[0].GetProperty("component");
        Assert.Equal("-rumor", field.GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_form_that_was_sent_shows_what_it_would_do_and_asks()
    {
        await using var rig = await DiscordRig.NewAsync();
        await rig.Rig.SqlAsync("INSERT INTO subscription (source_id, channel_id, created_at) VALUES (1, 10, @Now)");
        await rig.Rig.StoryAsync(12, "Battery rumor");

        await rig.SubmitAsync(DiscordRig.Admin, "filter:1:10", "filter", "-rumor\nlang:en");
        Assert.Contains("would pass", rig.LastText, StringComparison.Ordinal);
        await rig.PressAsync(DiscordRig.Admin, rig.Buttons()[0]);

        Assert.Equal(
            "-rumor lang:en",
            await rig.Rig.ValueAsync<string>("SELECT filter FROM subscription WHERE channel_id = 10")
        );
    }

    [Fact]
    public async Task A_template_is_changed_in_a_form_and_cleared_by_an_empty_one()
    {
        await using var rig = await DiscordRig.NewAsync();
        await rig.Rig.SqlAsync("INSERT INTO subscription (source_id, channel_id, created_at) VALUES (1, 10, @Now)");
        const string Now = "SELECT template FROM subscription WHERE channel_id = 10";

        await rig.UseAsync(DiscordRig.Admin, "news-admin template set", ("source", "source-1"));
        Assert.Equal("template:1:10", rig.Last.GetProperty("data").GetProperty("custom_id").GetString());
        await rig.SubmitAsync(DiscordRig.Admin, "template:1:10", "template", "{{ source }}:\n{{ summary }}");
        await rig.PressAsync(DiscordRig.Admin, rig.Buttons()[0]);
        Assert.Equal("{{ source }}:\n{{ summary }}", await rig.Rig.ValueAsync<string>(Now));
        await rig.SubmitAsync(DiscordRig.Admin, "template:1:10", "template", "");
        await rig.PressAsync(DiscordRig.Admin, rig.Buttons()[0]);

        Assert.Null(await rig.Rig.ValueAsync<string>(Now));
    }

    [Theory]
    [InlineData("filter:1:10", "Only admins")]
    [InlineData("filter:x:y", "not known any more")]
    [InlineData("other:1", "not known any more")]
    public async Task A_form_is_checked_like_the_command_it_stands_for(string customId, string expected)
    {
        await using var rig = await DiscordRig.NewAsync();

        await rig.SubmitAsync(DiscordRig.Reader, customId, "filter", "-rumor");

        Assert.Contains(expected, rig.LastText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_tells_its_number_its_link_and_what_it_answers()
    {
        await using var rig = await GivenCommentAsync();

        await rig.UseOnAsync(DiscordRig.Reader, "Comment number & link", "555");

        Assert.Contains("Comment **#2**", rig.LastText, StringComparison.Ordinal);
        Assert.Contains("https://news.example.org/stories/12/comments/2", rig.LastText, StringComparison.Ordinal);
        Assert.Contains("It answers #1.", rig.LastText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_nothing_to_us_says_how_it_could_be()
    {
        await using var rig = await GivenCommentAsync();

        await rig.UseOnAsync(DiscordRig.Reader, "Comment number & link", "556");
        Assert.Contains("neither a story nor a comment", rig.LastText, StringComparison.Ordinal);
        await rig.UseOnAsync(DiscordRig.Moderator, "Hide", "556");

        Assert.Contains("nothing to hide", rig.LastText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hiding_asks_and_is_for_moderators()
    {
        await using var rig = await GivenCommentAsync();

        await rig.UseOnAsync(DiscordRig.Reader, "Hide", "555");
        Assert.Contains("Only moderators", rig.LastText, StringComparison.Ordinal);
        await rig.UseOnAsync(DiscordRig.Moderator, "Hide", "555");
        await rig.PressAsync(DiscordRig.Moderator, rig.Buttons()[0]);

        Assert.Equal("hidden", await rig.Rig.ValueAsync<string>("SELECT state FROM comment WHERE number = 2"));
    }

    [Fact]
    public async Task What_can_be_confirmed_names_the_button_and_a_moderator_is_told_what_they_may_use_to_go_back()
    {
        await using var rig = await GivenCommentAsync();

        await rig.UseOnAsync(DiscordRig.Moderator, "Hide", "555");
        var asked = rig.LastText;
        await rig.PressAsync(DiscordRig.Moderator, rig.Buttons()[0]);
        var done = rig.LastText;

        Assert.Contains("**Confirm** does it", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("/news confirm", asked, StringComparison.Ordinal);
        Assert.Contains("`/news-mod show` takes it back", done, StringComparison.Ordinal);
        Assert.DoesNotContain("undo", done, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_is_linked_where_it_was_written_as_long_as_nobody_reaches_its_page()
    {
        await using var rig = await GivenCommentAsync(publicUrl: null);
        await rig.Rig.SqlAsync("UPDATE comment SET state = 'hidden' WHERE number = 2");

        await rig.UseOnAsync(DiscordRig.Reader, "Comment number & link", "555");

        Assert.Contains("Comment **#2** on", rig.LastText, StringComparison.Ordinal);
        Assert.Matches(@": <https://discord\.com/channels/[0-9]+/[0-9]+/555>\. It answers #1\.", rig.LastText);
        Assert.Contains("A moderator has hidden it", rig.LastText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_is_merged_into_a_story_from_a_list()
    {
        await using var rig = await GivenCommentAsync();
        await rig.Rig.StoryAsync(13, "The same again");
        await rig.Rig.CardAsync(13, channel: 10, message: "557");

        await rig.UseOnAsync(DiscordRig.Moderator, "Merge into…", "557");
        var select = rig.Last.GetProperty("data").GetProperty("components")[0].GetProperty("components")[0];
        Assert.Equal(
            ["12"],
            select.GetProperty("options").EnumerateArray().Select(one => one.GetProperty("value").GetString())
        );
        await rig.PressAsync(DiscordRig.Moderator, select.GetProperty("custom_id").GetString()!, "12");
        await rig.PressAsync(DiscordRig.Moderator, rig.Buttons()[0]);

        Assert.Equal(12, await rig.Rig.ValueAsync<long>("SELECT merged_into FROM story WHERE id = 13"));
    }

    [Fact]
    public async Task Discuss_leads_to_the_thread_or_says_how_to_reply()
    {
        await using var rig = await GivenCommentAsync();

        await rig.PressAsync(DiscordRig.Reader, "discuss:12:k");
        Assert.Contains("Reply to the card itself", rig.LastText, StringComparison.Ordinal);
        rig.Thread = new Snowflake(888);
        await rig.PressAsync(DiscordRig.Reader, "discuss:12:k");

        Assert.Contains("<#888>", rig.LastText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/news add https://x.example", "/news-admin add https://x.example")]
    [InlineData("`/news help digest set`", "`/news help digest set`")]
    [InlineData("`/news me`", "`/news me show`")]
    [InlineData("`--offer 0` for none", "`offer: 0` for none")]
    [InlineData("**For moderators**\n- `hide`", "**For moderators**: `/news-mod`\n- `hide`")]
    [InlineData("[a](/chat/news) [b](https://x.example/)", "a [b](https://x.example/)")]
    public void Our_words_are_put_as_Discord_has_them(string markdown, string expected)
    {
        Assert.Equal(
            expected,
            DiscordAnswerText.Write(AnswerText.WithLinks(markdown, null, new Dictionary<long, string>()))
        );
    }

    [Fact]
    public void A_block_that_is_cut_is_closed_and_opened_again()
    {
        var text = "before\n```\n" + string.Join('\n', Enumerable.Repeat("line of code", 40)) + "\n```\nafter";

        var pieces = AnswerText.Split(text, 200);

        Assert.All(
            pieces,
            piece =>
            {
                Assert.InRange(piece.Length, 1, 200);
                Assert.Equal(0, piece.Split("```").Length % 2 - 1);
            }
        );
        Assert.Equal(40, pieces.Sum(piece => piece.Split("line of code").Length - 1));
    }

    private static async Task<DiscordRig> GivenCommentAsync(string? publicUrl = "https://news.example.org")
    {
        var rig = await DiscordRig.NewAsync(publicUrl);
        await rig.Rig.StoryAsync(12, "Battery lasts a week");
        await rig.Rig.CommentAsync(12, 1, 3, "first");
        await rig.Rig.CommentAsync(12, 2, 3, "second");
        await rig.Rig.SqlAsync("UPDATE comment SET message_id = '555', channel_id = 10, parent = 1 WHERE number = 2");
        return rig;
    }
}
