using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Commands;

namespace NewsBot.Tests.Discord.Commands;

/// <summary>Commands used in Discord, from the menu to the answer.</summary>
public sealed class DiscordCommandTests
{
    private const int Ephemeral = 64;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_is_private_pings_nobody_and_links_our_pages()
    {
        await using var rig = await DiscordRig.NewAsync();
        await rig.Rig.StoryAsync(12, "Battery @everyone lasts [a] week");

        await rig.UseAsync(DiscordRig.Reader, "news latest");

        var data = rig.Last.GetProperty("data");
        Assert.Equal(4, rig.Last.GetProperty("type").GetInt32());
        Assert.Equal(Ephemeral, data.GetProperty("flags").GetInt32() & Ephemeral);
        Assert.Equal(0, data.GetProperty("allowed_mentions").GetProperty("parse").GetArrayLength());
        Assert.Contains("](<https://news.example.org/stories/12-slug>)", rig.LastText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_reaches_our_pages_the_article_is_linked()
    {
        await using var rig = await DiscordRig.NewAsync(publicUrl: null);
        await rig.Rig.StoryAsync(12, "Battery lasts a week");

        await rig.UseAsync(DiscordRig.Reader, "news latest");

        Assert.Contains("](<https://daily.example/12>)", rig.LastText, StringComparison.Ordinal);
        Assert.DoesNotContain("](/", rig.LastText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("news-admin pause")]
    [InlineData("news-admin channel mode")]
    [InlineData("news-admin status")]
    public async Task What_the_menu_hides_is_refused_all_the_same(string command)
    {
        await using var rig = await DiscordRig.NewAsync();

        await rig.UseAsync(DiscordRig.Moderator, command, ("source", "The Daily"), ("mode", "digest"));

        Assert.Contains("Only admins", rig.LastText, StringComparison.Ordinal);
        Assert.Empty(rig.Buttons());
    }

    [Fact]
    public async Task A_role_that_was_named_here_counts_where_Discord_gives_none()
    {
        await using var rig = await DiscordRig.NewAsync();
        await rig.UseAsync(DiscordRig.Reader, "news me show");
        await rig.Rig.SqlAsync(
            "UPDATE member SET role = 'admin' WHERE id = (SELECT member_id FROM identity WHERE external_id = '1003')"
        );

        await rig.UseAsync(DiscordRig.Reader, "news-admin list");

        Assert.Contains("The Daily", rig.LastText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_is_shown_confirmed_with_a_button_and_updated_in_place_once()
    {
        await using var rig = await DiscordRig.NewAsync();

        await rig.UseAsync(DiscordRig.Admin, "news-admin pause", ("source", "source-1"));

        var confirm = Assert.Single(rig.Buttons(), id => id.StartsWith("confirm:", StringComparison.Ordinal));
        Assert.Null(await rig.Rig.ValueAsync<long?>("SELECT paused_at FROM source WHERE id = 1"));
        await rig.PressAsync(DiscordRig.Admin, confirm);
        Assert.Equal(7, rig.Last.GetProperty("type").GetInt32());
        Assert.NotNull(await rig.Rig.ValueAsync<long?>("SELECT paused_at FROM source WHERE id = 1"));
        Assert.DoesNotContain(confirm, rig.Buttons());
        await rig.PressAsync(DiscordRig.Admin, confirm);
        Assert.Contains("Nothing of yours waits", rig.LastText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_confirms_and_whoever_lost_the_right_cannot_either()
    {
        await using var rig = await DiscordRig.NewAsync();
        await rig.UseAsync(DiscordRig.Admin, "news-admin pause", ("source", "source-1"));
        var confirm = rig.Buttons()[0];

        await rig.PressAsync(DiscordRig.Moderator with { Permissions = Permissions.Administrator }, confirm);
        Assert.Contains("Nothing of yours waits", rig.LastText, StringComparison.Ordinal);
        await rig.PressAsync(DiscordRig.Admin with { Permissions = Permissions.SendMessages }, confirm);
        Assert.Contains("Only admins", rig.LastText, StringComparison.Ordinal);

        Assert.Null(await rig.Rig.ValueAsync<long?>("SELECT paused_at FROM source WHERE id = 1"));
    }

    [Fact]
    public async Task What_is_cancelled_cannot_be_confirmed()
    {
        await using var rig = await DiscordRig.NewAsync();
        await rig.UseAsync(DiscordRig.Admin, "news-admin pause", ("source", "source-1"));
        var (confirm, cancel) = (rig.Buttons()[0], rig.Buttons()[1]);

        await rig.PressAsync(DiscordRig.Admin, cancel);

        Assert.Contains("Nothing was changed", rig.LastText, StringComparison.Ordinal);
        Assert.Empty(rig.Buttons());
        await rig.PressAsync(DiscordRig.Admin, confirm);
        Assert.Contains("Nothing of yours waits", rig.LastText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_that_an_admin_names_becomes_ours()
    {
        await using var rig = await DiscordRig.NewAsync();

        await rig.UseAsync(
            DiscordRig.Admin,
            "news-admin channel tags",
            ("tags", "phones, science"),
            ("channel", DiscordRig.Forum)
        );
        await rig.PressAsync(DiscordRig.Admin, rig.Buttons()[0]);

        Assert.Equal(
            "forum phones,science",
            await rig.Rig.ValueAsync<string>(
                $"SELECT kind || ' ' || tags FROM channel WHERE external_id = '{DiscordRig.Forum}'"
            )
        );
    }

    [Fact]
    public async Task Announcements_are_crossposted_where_an_admin_says_so_and_nowhere_else()
    {
        await using var rig = await DiscordRig.NewAsync();

        await rig.UseAsync(DiscordRig.Admin, "news-admin channel crosspost", ("crosspost", "on"));
        Assert.Contains("no announcement channel", rig.LastText, StringComparison.Ordinal);
        await rig.UseAsync(
            DiscordRig.Admin,
            "news-admin channel crosspost",
            ("crosspost", "on"),
            ("channel", DiscordRig.News)
        );
        await rig.PressAsync(DiscordRig.Admin, rig.Buttons()[0]);

        Assert.Equal(
            1,
            await rig.Rig.ValueAsync<long>($"SELECT crosspost FROM channel WHERE external_id = '{DiscordRig.News}'")
        );
    }

    [Fact]
    public async Task Stories_do_not_come_where_they_cannot_be_posted()
    {
        await using var rig = await DiscordRig.NewAsync();

        await rig.UseAsync(DiscordRig.Admin, "news-admin digest off", ("channel", "999"));

        Assert.Contains("cannot be posted in voice", rig.LastText, StringComparison.Ordinal);
        Assert.Equal(0, await rig.Rig.ValueAsync<long>("SELECT COUNT(*) FROM channel WHERE external_id = '999'"));
    }

    [Fact]
    public async Task Who_may_not_makes_no_channel_ours()
    {
        await using var rig = await DiscordRig.NewAsync();

        await rig.UseAsync(DiscordRig.Reader, "news-admin digest off", ("channel", DiscordRig.Forum));

        Assert.Contains("Only admins", rig.LastText, StringComparison.Ordinal);
        Assert.Equal(
            0,
            await rig.Rig.ValueAsync<long>($"SELECT COUNT(*) FROM channel WHERE external_id = '{DiscordRig.Forum}'")
        );
    }

    [Fact]
    public async Task The_role_to_ping_is_kept_by_its_id_and_left_out_for_none()
    {
        await using var rig = await DiscordRig.NewAsync();

        await rig.UseAsync(DiscordRig.Admin, "news-admin channel ping", ("role", "175928847299117099"));
        Assert.Contains("role: none → **<@&175928847299117099>**", rig.LastText, StringComparison.Ordinal);
        await rig.PressAsync(DiscordRig.Admin, rig.Buttons()[0]);
        Assert.Equal(
            "175928847299117099",
            await rig.Rig.ValueAsync<string>("SELECT ping_role FROM channel WHERE id = 10")
        );
        await rig.UseAsync(DiscordRig.Admin, "news-admin channel ping");
        await rig.PressAsync(DiscordRig.Admin, rig.Buttons()[0]);
        Assert.Null(await rig.Rig.ValueAsync<string>("SELECT ping_role FROM channel WHERE id = 10"));
    }

    [Fact]
    public async Task Outside_of_servers_it_says_where_to_use_it()
    {
        await using var rig = await DiscordRig.NewAsync();
        var data = new JsonObject
        {
            ["name"] = "news",
            ["type"] = 1,
            ["options"] = new JsonArray(new JsonObject { ["name"] = "latest", ["type"] = 1 }),
        };

        await rig.SendAsync(rig.Make(InteractionType.Command, DiscordRig.Reader, data, guild: null));
        Assert.Contains("Use this in a server", rig.LastText, StringComparison.Ordinal);
        await rig.SendAsync(
            rig.Make(InteractionType.Command, DiscordRig.Reader, data.DeepClone().AsObject(), guild: "5")
        );
        Assert.Contains("Use this in a server", rig.LastText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_takes_longer_is_put_off_and_put_in_its_place_later()
    {
        await using var rig = await DiscordRig.NewAsync();
        var hold = new TaskCompletionSource();
        rig.Rig.Hold = hold.Task;

        var answering = rig.UseAsync(DiscordRig.Admin, "news-admin test", ("url", "https://slow.example"));
        await UntilAsync(() => rig.Rig.Fetched.Count > 0);
        Assert.Empty(rig.Discord.Callbacks);
        rig.Rig.Clock.Advance(DiscordAnswers.DeferAfter);
        await UntilAsync(() => rig.Discord.Callbacks.Count > 0);
        hold.SetResult();
        await answering;

        Assert.Equal(5, rig.Last.GetProperty("type").GetInt32());
        Assert.Equal(Ephemeral, rig.Last.GetProperty("data").GetProperty("flags").GetInt32());
        Assert.Contains(
            "nothing at this address",
            Assert.Single(rig.Discord.Sent("/messages/@original")).GetProperty("content").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_takes_longer_than_Discord_waits_comes_as_a_private_message()
    {
        await using var rig = await DiscordRig.NewAsync();
        rig.Answer("/users/@me/channels", HttpStatusCode.OK, """{"id":"77","type":1}""");
        rig.Answer("/channels/77/messages", HttpStatusCode.OK, """{"id":"78","channel_id":"77"}""");
        var hold = new TaskCompletionSource();
        rig.Rig.Hold = hold.Task;

        var answering = rig.UseAsync(DiscordRig.Admin, "news-admin test", ("url", "https://slow.example"));
        await UntilAsync(() => rig.Rig.Fetched.Count > 0);
        rig.Rig.Clock.Advance(DiscordAnswers.DeferAfter);
        await UntilAsync(() => rig.Discord.Callbacks.Count > 0);
        rig.Rig.Clock.Advance(TimeSpan.FromMinutes(20));
        hold.SetResult();
        await answering;

        Assert.Empty(rig.Discord.Sent("/messages/@original"));
        var message = Assert.Single(rig.Discord.Sent("/channels/77/messages"));
        Assert.Contains(
            "nothing at this address",
            message.GetProperty("content").GetString(),
            StringComparison.Ordinal
        );
        Assert.True(message.GetProperty("enforce_nonce").GetBoolean());
    }

    [Fact]
    public async Task A_long_answer_comes_in_pieces_and_a_longer_one_as_a_file()
    {
        await using var rig = await DiscordRig.NewAsync();
        rig.Answer("/webhooks/42/token1000001", HttpStatusCode.OK, """{"id":"78","channel_id":"77"}""");

        await rig.UseAsync(DiscordRig.Admin, "news help");
        for (var i = 0; i < 40; i++)
        {
            await rig.Rig.StoryAsync(100 + i, string.Concat(Enumerable.Repeat("long words ", 30)));
        }

        await rig.UseAsync(DiscordRig.Admin, "news latest", ("count", 25));

        Assert.All(
            rig.Discord.Callbacks.Select(one => one.GetProperty("data"))
                .Concat(rig.Discord.Sent("/webhooks/42/token1000001")),
            message => Assert.InRange(message.GetProperty("content").GetString()!.Length, 1, 2_000)
        );
        Assert.Contains("The whole answer is in the file", rig.LastText, StringComparison.Ordinal);
        Assert.Contains("long words", Assert.Single(rig.Discord.Calls[^1].Files), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_event_told_twice_is_answered_once()
    {
        await using var rig = await DiscordRig.NewAsync();
        var interaction = rig.Command(DiscordRig.Reader, "news latest");
        await rig.Commands.StartAsync(Stop);

        await rig.Commands.HandleAsync(interaction, Stop);
        await rig.Commands.HandleAsync(interaction, Stop);
        await rig.Commands.HandleAsync(rig.Command(DiscordRig.Reader, "news top"), Stop);
        await UntilAsync(() => rig.Discord.Callbacks.Count > 1);
        await rig.Commands.StopAsync(Stop);

        Assert.Equal(2, rig.Discord.Callbacks.Count);
    }

    [Fact]
    public async Task A_suggestion_is_a_button_that_runs_it_for_whoever_presses()
    {
        await using var rig = await DiscordRig.NewAsync();
        await rig.UseAsync(DiscordRig.Admin, "news-admin pause", ("source", "source-1"));
        await rig.PressAsync(DiscordRig.Admin, rig.Buttons()[0]);
        var undo = Assert.Single(rig.Buttons(), id => id.StartsWith("run:undo", StringComparison.Ordinal));

        await rig.PressAsync(DiscordRig.Reader, undo);
        Assert.Contains("Only admins", rig.LastText, StringComparison.Ordinal);
        await rig.PressAsync(DiscordRig.Admin, undo);

        Assert.Contains(rig.Buttons(), id => id.StartsWith("confirm:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("run:")]
    [InlineData("run:import --yes")]
    [InlineData("confirm:' OR 1=1 --")]
    [InlineData("merge:x")]
    [InlineData("discuss:99999999999999999999:k")]
    [InlineData("discuss:1")]
    [InlineData("nothing of ours")]
    public async Task A_button_nobody_made_is_answered_and_changes_nothing(string customId)
    {
        await using var rig = await DiscordRig.NewAsync();

        await rig.PressAsync(DiscordRig.Admin, customId, "1");

        Assert.Single(rig.Discord.Callbacks);
        Assert.Equal(0, await rig.Rig.ValueAsync<long>("SELECT COUNT(*) FROM audit"));
    }

    [Fact]
    public void Values_reach_every_verb_as_they_were_typed()
    {
        Assert.All(
            Catalogue.All,
            spec =>
            {
                var values = spec.Arguments.ToDictionary(
                    argument => argument.Name,
                    argument =>
                        argument.Choices.Count > 0 ? argument.Choices[^1] : $"--yes \"two words\" {argument.Name}",
                    StringComparer.Ordinal
                );
                foreach (var option in spec.Options)
                {
                    values[option.Name] = $"a \"b\" --{option.Name}";
                }

                var data = Data(spec, values);
                var input = DiscordInput.Read(data);
                Assert.Same(spec, input?.Spec);
                var command = input!.ToCommand(null);
                var found = Assert.IsType<CommandLineOutcome.Found>(CommandLine.Parse(command.Spec, command.Values));
                Assert.Equal(
                    values.Where(one => found.Command.Find(one.Key) is not null).Count(),
                    spec.Arguments.Count
                );
                Assert.All(
                    spec.Arguments,
                    argument => Assert.Equal(values[argument.Name], found.Command[argument.Name])
                );
                Assert.All(
                    spec.Options,
                    option => Assert.Equal(values[option.Name], found.Command.Option(option.Name))
                );
                Assert.Null(found.Command.Option("yes"));
                // What waits to be confirmed is read again as a line.
                var again = Assert.IsType<CommandLineOutcome.Found>(CommandLine.Parse(found.Command.Line));
                Assert.Null(again.Command.Option("yes"));
                Assert.Equal(
                    found.Command.Arguments.Select(one => (one.Key, one.Value.Replace('"', '\''))),
                    again.Command.Arguments.Select(one => (one.Key, one.Value.Replace('"', '\'')))
                );
            }
        );
    }

    private static InteractionData Data(CommandSpec spec, Dictionary<string, string> values)
    {
        var name = DiscordCommandName.Of(spec);
        var verb = new InteractionOption(
            name.Verb,
            CommandOptionType.SubCommand,
            Options:
            [
                .. values.Select(one => new InteractionOption(
                    one.Key,
                    CommandOptionType.String,
                    JsonSerializer.SerializeToElement(one.Value, JsonSerializerOptions.Web)
                )),
            ]
        );
        return new InteractionData(
            Name: name.Root,
            Type: ApplicationCommandType.ChatInput,
            Options:
            [
                name.Group is { } group
                    ? new InteractionOption(group, CommandOptionType.SubCommandGroup, Options: [verb])
                    : verb,
            ]
        );
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            Stop.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
