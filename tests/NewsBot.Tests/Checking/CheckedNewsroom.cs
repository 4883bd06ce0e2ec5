using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Testing.Checking;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;

namespace NewsBot.Tests.Checking;

/// <summary>A newsroom on three sides in which everything is right, to be spoilt a little by each test.</summary>
public sealed class CheckedNewsroom : IAsyncLifetime
{
    private const string Headline = "Harbour bridge opens";

    private readonly string _folder = Directory.CreateTempSubdirectory("newsbot-checked-").FullName;
    private readonly Account _account = new();
    private readonly NumberMemory _numbers = new();
    private JoinedNewsroom _room = null!;
    private long _discord;
    private long _slack;
    private long _web;
    private int _copies;

    internal FakeDiscordState Discord => _room.Discord.Discord.State;

    internal FakeSlackState Slack => _room.Slack.Slack.State;

    /// <summary>The channel of Slack in the newsroom.</summary>
    public long SlackChannel => _slack;

    internal Account Account => _account;

    internal NumberMemory Numbers => _numbers;

    public async ValueTask InitializeAsync()
    {
        _room = await JoinedNewsroom.StartAsync(
            new FakeDiscordOptions(),
            new FakeSlackOptions { Limits = Testing.Servers.FakeSlack.FakeLimits.Unlimited() }
        );
        _discord = await _room.Discord.ChannelAsync(_room.Discord.Discord.Channels.Text);
        _slack = await _room.Slack.ChannelAsync(_room.Slack.Slack.Driver.AddChannel("news", withBot: true));
        _web = await _room.WebChannelAsync("news");
        await _room.MirrorAsync(_discord, _slack, _web);
        await TalkAsync();
        await RunningNewsroom.UntilAsync(() => Task.FromResult(Check().Findings.Count == 0 ? "right" : null));
    }

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Checks a copy of the database, changed a little.</summary>
    /// <param name="sql">The change; null for none.</param>
    internal CheckReport Check(string? sql = null)
    {
        var file = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{++_copies}.db"));
        using (var connection = _room.Newsroom.Database.Open())
        {
            connection.Execute("VACUUM INTO @File", new { File = file });
        }

        if (sql is not null)
        {
            using var copy = new SqliteConnection($"Data Source={file};Pooling=False");
            copy.Execute(sql);
        }

        return new NewsroomChecker(() => Ledger.Open(file), Discord, Slack, _account, new NumberMemory()).Run();
    }

    /// <summary>As <see cref="Check"/>, by somebody who saw the numbers of before.</summary>
    internal CheckReport Remember(string sql)
    {
        var file = Path.Combine(_folder, "remembered.db");
        using (var connection = _room.Newsroom.Database.Open())
        {
            connection.Execute("VACUUM INTO @File", new { File = file });
        }

        new NewsroomChecker(() => Ledger.Open(file), Discord, Slack, _account, _numbers).Run();
        using (var copy = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            copy.Execute(sql);
        }

        return new NewsroomChecker(() => Ledger.Open(file), Discord, Slack, _account, _numbers).Run();
    }

    /// <summary>The copies in Discord, oldest first, with the place they stand in.</summary>
    internal (SortedList<ulong, Testing.Servers.FakeDiscord.Stored.StoredMessage> Place, ulong Id) CopyAtDiscord(
        string text
    )
    {
        var place = Discord.World.Messages.Values.First(messages =>
            messages.Values.Any(message =>
                message.WebhookId is not null && message.Content.EndsWith(text, StringComparison.Ordinal)
            )
        );
        return (
            place,
            place
                .Values.First(message =>
                    message.WebhookId is not null && message.Content.EndsWith(text, StringComparison.Ordinal)
                )
                .Id
        );
    }

    private async Task TalkAsync()
    {
        var token = TestContext.Current.CancellationToken;
        var story = await _room.Discord.StoryAsync(Headline, _discord, _slack, _web);
        _account.Stories.Add(new ToldStory(Headline, [_discord, _slack, _web], []));
        var atDiscord = (await _room.Discord.CardsAsync(story))[0];
        var atSlack = (await _room.Slack.CardsAsync(story))[0];
        var first = await _room
            .Discord.Discord.Human("Inês")
            .SayAsync(atDiscord.Channel, "m01x first", atDiscord.Message, token);
        Said("m01x", "m01x first", Side.Discord, _discord, $"{first}");
        await _room.Newsroom.UntilCommentsAsync(1);
        var second = await _room
            .Slack.Slack.Human("Tomasz")
            .SayAsync(atSlack.Channel, "#1 m02x second", atSlack.Ts, token);
        Said("m02x", "m02x second", Side.Slack, _slack, second, "m01x");
        await _room.Newsroom.UntilCommentsAsync(2);
        var cards = await RunningNewsroom.UntilAsync(async () =>
            await _room.Newsroom.CardsAsync($"{_web}") is { Count: > 0 } found ? found : null
        );
        var third = await _room.Newsroom.SayAsync(
            "Kofi",
            "m03x third",
            cards[0].GetProperty("id").GetString(),
            $"{_web}"
        );
        Said("m03x", "m03x third", Side.Web, _web, third.GetProperty("id").GetString()!);
        var gone = await _room.Slack.Slack.Human("Tomasz").SayAsync(atSlack.Channel, "m04x gone", atSlack.Ts, token);
        await _room.Newsroom.UntilCommentsAsync(4);
        await _room.Slack.Slack.Human("Tomasz").DeleteAsync(atSlack.Channel, gone, token);
        Said("m04x", "m04x gone", Side.Slack, _slack, gone).IsDeleted = true;
    }

    private SaidReply Said(string mark, string text, Side side, long channel, string message, string? parent = null)
    {
        var reply = new SaidReply(mark, Headline, side, channel)
        {
            Text = text,
            Message = message,
            Parent = parent,
        };
        _account.Replies.Add(reply);
        return reply;
    }
}
