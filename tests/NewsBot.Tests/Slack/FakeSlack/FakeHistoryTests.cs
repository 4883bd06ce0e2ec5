using System.Text.Json.Nodes;

namespace NewsBot.Tests.Slack.FakeSlack;

public sealed class FakeHistoryTests
{
    [Fact]
    public async Task Timestamps_within_a_second_differ_by_their_end_and_are_shared_by_channels()
    {
        await using var caller = await Caller.StartAsync();
        caller.Time.Advance(TimeSpan.FromSeconds(10));
        var other = caller.Server.Driver.AddChannel("other", withBot: true);
        caller.Time.Advance(TimeSpan.FromSeconds(10));

        var (first, second) = (await caller.SayAsync(), await caller.SayAsync());
        var elsewhere = await caller.SayAsync(channel: other);

        Assert.Equal(first[..10], second[..10]);
        Assert.True(string.CompareOrdinal(first, second) < 0);
        Assert.Equal(first, elsewhere);
    }

    [Fact]
    public async Task History_is_newest_first_within_bounds_that_are_not_part_of_it()
    {
        await using var caller = await Caller.StartAsync();
        var all = await SayAsync(caller, 4);

        var inside = await caller.HistoryAsync(new JsonObject { ["oldest"] = all[0], ["latest"] = all[3] });
        var with = await caller.HistoryAsync(
            new JsonObject
            {
                ["oldest"] = all[0],
                ["latest"] = all[3],
                ["inclusive"] = true,
            }
        );
        var wrong = await caller.BotAsync(
            "conversations.history",
            new JsonObject { ["channel"] = caller.News, ["oldest"] = "yesterday" }
        );

        Assert.Equal([all[2], all[1]], Ts(inside));
        Assert.Equal([all[3], all[2], all[1], all[0]], Ts(with));
        Assert.Equal("invalid_ts_oldest", wrong.Error);
    }

    [Fact]
    public async Task Replies_are_oldest_first_behind_their_parent_on_every_page()
    {
        await using var caller = await Caller.StartAsync(options => options.MaxPage = 3);
        var card = await caller.SayAsync();
        var replies = new List<string>();
        for (var index = 0; index < 4; index++)
        {
            replies.Add(await caller.KofiAsync($"{index}", card));
        }

        var pages = await PagesAsync(caller, "conversations.replies", new JsonObject { ["ts"] = card });
        var ofReply = await caller.BotAsync(
            "conversations.replies",
            new JsonObject { ["channel"] = caller.News, ["ts"] = replies[1] }
        );

        Assert.Equal(
            [
                [card, replies[0], replies[1]],
                [card, replies[2], replies[3]],
            ],
            pages
        );
        Assert.Equal(card, ofReply.Body["messages"]![0]!["ts"]!.ToString());
        Assert.Equal(card, (await caller.HistoryAsync())[0]!["ts"]!.ToString());
    }

    [Fact]
    public async Task History_comes_in_pages_whose_cursor_leads_on()
    {
        await using var caller = await Caller.StartAsync();
        var all = await SayAsync(caller, 5);

        var pages = await PagesAsync(
            caller,
            "conversations.history",
            new JsonObject { ["limit"] = 2, ["oldest"] = all[0] }
        );

        Assert.Equal(
            [
                [all[4], all[3]],
                [all[2], all[1]],
            ],
            pages
        );
    }

    [Fact]
    public async Task Small_history_gives_fifteen_objects_once_a_minute()
    {
        await using var caller = await Caller.StartAsync(options => options.SmallHistory = true);
        await SayAsync(caller, 20);
        var asked = new JsonObject { ["channel"] = caller.News, ["limit"] = 100 };

        var first = await caller.BotAsync("conversations.history", asked);
        var second = await caller.BotAsync("conversations.history", asked);
        var replies = await caller.BotAsync(
            "conversations.replies",
            new JsonObject { ["channel"] = caller.News, ["ts"] = first.Body["messages"]![0]!["ts"]!.ToString() }
        );
        caller.Time.Advance(TimeSpan.FromMinutes(1));
        var later = await caller.BotAsync("conversations.history", asked);

        Assert.Equal(15, first.Body["messages"]!.AsArray().Count);
        Assert.Equal("true", first["has_more"]);
        Assert.Equal((429, "60"), (second.Status, second.Headers["Retry-After"]));
        Assert.Null(replies.Error);
        Assert.Null(later.Error);
    }

    [Fact]
    public async Task Methods_that_read_take_no_json()
    {
        await using var caller = await Caller.StartAsync();
        var asked = new JsonObject { ["channel"] = caller.News };

        var history = await caller.JsonAsync("conversations.history", asked);
        var join = await caller.JsonAsync("conversations.join", asked, "application/json");

        Assert.Equal("channel_not_found", history.Error);
        Assert.Null(join.Error);
        Assert.Equal("missing_charset", join["warning"]);
    }

    [Fact]
    public async Task Lists_are_filtered_after_they_are_cut_so_that_pages_may_be_empty()
    {
        await using var caller = await Caller.StartAsync();

        var (counts, names, cursor) = (new List<int>(), new List<string>(), "");
        do
        {
            var page = await caller.BotAsync(
                "conversations.list",
                new JsonObject
                {
                    ["limit"] = 1,
                    ["exclude_archived"] = true,
                    ["cursor"] = cursor,
                }
            );
            counts.Add(page.Body["channels"]!.AsArray().Count);
            names.AddRange(page.Body["channels"]!.AsArray().Select(one => one!["name"]!.ToString()));
            cursor = page.Body["response_metadata"]!["next_cursor"]!.ToString();
        } while (cursor.Length > 0);

        Assert.Equal(["general", "news"], names.Order(StringComparer.Ordinal));
        Assert.Contains(0, counts);
        Assert.Equal(
            "invalid_cursor",
            (await caller.BotAsync("conversations.list", new JsonObject { ["cursor"] = "bm8=" })).Error
        );
    }

    private static async Task<List<string>> SayAsync(Caller caller, int count)
    {
        var all = new List<string>();
        for (var index = 0; index < count; index++)
        {
            caller.Time.Advance(TimeSpan.FromSeconds(1));
            all.Add(await caller.SayAsync($"Number {index}"));
        }

        return all;
    }

    private static async Task<List<List<string>>> PagesAsync(Caller caller, string method, JsonObject asked)
    {
        var pages = new List<List<string>>();
        asked["channel"] = caller.News;
        Answer answer;
        do
        {
            answer = await caller.BotAsync(method, asked);
            pages.Add([.. Ts(answer.Body["messages"]!.AsArray())]);
            asked["cursor"] = answer.Body["response_metadata"]?["next_cursor"]?.ToString();
        } while (answer["has_more"] == "true");

        return pages;
    }

    private static IEnumerable<string> Ts(JsonArray messages) => messages.Select(one => one!["ts"]!.ToString());
}
