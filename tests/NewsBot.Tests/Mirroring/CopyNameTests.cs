using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Commands;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Tests.SignIn;
using DiscordFault = NewsBot.Testing.Servers.FakeDiscord.Faults.FakeFaultRule;
using DiscordFaultKind = NewsBot.Testing.Servers.FakeDiscord.Faults.FakeFaultKind;
using SlackFault = NewsBot.Testing.Servers.FakeSlack.Faults.FakeFaultRule;
using SlackFaultKind = NewsBot.Testing.Servers.FakeSlack.Faults.FakeFaultKind;

namespace NewsBot.Tests.Mirroring;

/// <summary>Whose name stands on copies in Discord and Slack, where no message can be given another.</summary>
public sealed partial class CopyNameTests : IAsyncLifetime
{
    private SignInRig _rig = null!;
    private PublishedStory _story = null!;
    private ulong _thread;
    private string _card = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RunCommand Commands => _rig.Newsroom.Services.GetRequiredService<RunCommand>();

    [Fact]
    public async Task A_hidden_comment_names_nobody_until_it_is_shown_again()
    {
        Assert.Equal("Saga Wiklund: #1", await InDiscordAsync());
        Assert.Equal("Kofi: #2", await InSlackAsync());

        await DoAsync($"hide {_story.Id}#1");
        await DoAsync($"hide {_story.Id}#2");
        Assert.Equal("NewsBot: #1 hidden", await InDiscordAsync());
        Assert.Equal(": #2 hidden", await InSlackAsync());

        await DoAsync($"show {_story.Id}#1");
        await DoAsync($"show {_story.Id}#2");
        Assert.Equal("Saga Wiklund: #1", await InDiscordAsync());
        Assert.Equal("Kofi: #2", await InSlackAsync());
    }

    [Fact]
    public async Task A_pseudonym_leaves_no_copy_under_the_name_before()
    {
        await DoAsync("me pseudonym Nightowl", 1);
        await DoAsync("me pseudonym Daylark", 2);

        Assert.Equal("Nightowl: #1", await InDiscordAsync());
        Assert.Equal("Daylark: #2", await InSlackAsync());
        // Nothing was taken back, so nothing is told of a removal.
        Assert.DoesNotContain(
            "removed",
            (await RunAsync("me", await AuthorAsync(1))).Markdown,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Answers_that_are_lost_on_the_way_leave_one_copy_on_each_side()
    {
        foreach (var method in new[] { "chat.delete", "chat.postMessage" })
        {
            _rig.Slack.Faults.Add(new SlackFault(SlackFaultKind.Abort) { Method = method, AfterEffect = true });
        }

        foreach (var method in new[] { "DELETE", "POST" })
        {
            _rig.Discord.Faults.Add(
                new DiscordFault(DiscordFaultKind.Abort)
                {
                    Method = method,
                    Pattern = "/webhooks/",
                    AfterEffect = true,
                }
            );
        }

        await DoAsync($"hide {_story.Id}#1");
        await DoAsync($"hide {_story.Id}#2");

        Assert.Equal("NewsBot: #1 hidden", await InDiscordAsync());
        Assert.Equal(": #2 hidden", await InSlackAsync());
    }

    public async ValueTask InitializeAsync()
    {
        _rig = await SignInRig.StartLocalAsync();
        _story = await _rig.StoryAsync();
        _thread = (await _rig.Rooms.Discord.CardsAsync(_story.Id))[0].Message;
        _card = (await _rig.Rooms.Slack.CardsAsync(_story.Id))[0].Ts;
        await _rig.Slack.Human("saga_w").SayAsync(_rig.Slack.Channels.Public, "Who pays?", _card, Token);
        await SentAsync(1);
        await _rig.Discord.Human("Kofi").SayAsync(_thread, "The harbour does", null, Token);
        await SentAsync(2);
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    private Task SentAsync(int copies) =>
        _rig.Newsroom.UntilAsync(
            "SELECT COUNT(*) FROM post WHERE subject LIKE 'comment:%' AND operation = 'create' AND state = 'sent'",
            copies
        );

    private Task SettledAsync() =>
        _rig.Newsroom.UntilAsync("SELECT COUNT(*) FROM post WHERE state = 'waiting' AND subject LIKE 'comment:%'", 0);

    private async Task DoAsync(string line, int? byAuthorOf = null)
    {
        var asker = byAuthorOf is { } number ? await AuthorAsync(number) : CommandRequest.Operator(new CommunityId(1));
        var reply = await RunAsync(line, asker);
        Assert.True(reply.Ending == CommandEnding.Done, $"{line}: {reply.Markdown}");
        await SettledAsync();
    }

    private Task<CommandReply> RunAsync(string line, Member asker) =>
        Commands.RunAsync(new CommandRequest(asker, null, line, true), Token);

    private async Task<Member> AuthorAsync(int number)
    {
        var id = await _rig.Newsroom.NumberAsync(
            "SELECT member_id FROM comment WHERE story_id = @Id AND number = @number",
            new { _story.Id, number }
        );
        return new Member(new MemberId(id), new CommunityId(1), "somebody", Role.Member, null);
    }

    // Who is shown, the number, and whether it says that it is hidden: of every copy that stands there.
    private async Task<string> InDiscordAsync()
    {
        await SettledAsync();
        lock (_rig.Discord.State.Sync)
        {
            return string.Join(
                ", ",
                _rig.Discord.State.World.Messages[_thread]
                    .Values.Where(message => message.WebhookId is not null)
                    .Select(message => Line(message.WebhookName, message.Content))
            );
        }
    }

    private async Task<string> InSlackAsync()
    {
        await SettledAsync();
        lock (_rig.Slack.State.Sync)
        {
            return string.Join(
                ", ",
                _rig.Slack.State.World.Messages[_rig.Slack.Channels.Public]
                    .Values.Where(message => message is { IsReply: true, ByBot: true } && message.ThreadTs == _card)
                    .Select(message => Line(message.Username, message.Text))
            );
        }
    }

    [GeneratedRegex("#[0-9]+", RegexOptions.None, 1_000)]
    private static partial Regex Number();

    private static string Line(string? name, string text) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {Number().Match(text).Value}{(text.Contains("hidden by a moderator", StringComparison.Ordinal) ? " hidden" : "")}"
        );
}
