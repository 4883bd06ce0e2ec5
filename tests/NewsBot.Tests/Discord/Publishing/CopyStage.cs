using System.Globalization;
using NewsBot.Core.Channels;
using NewsBot.Core.Comments;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeDiscord.Stored;

namespace NewsBot.Tests.Discord.Publishing;

/// <summary>A story in a channel of an emulated Discord, and people who write about it elsewhere.</summary>
internal sealed class CopyStage : IAsyncDisposable
{
    private int _written;

    private CopyStage(EmulatedDesk emulated) => Emulated = emulated;

    public EmulatedDesk Emulated { get; }

    public FakeDiscordServer Server => Emulated.Server;

    public ulong Place { get; private set; }

    public ChannelId Channel { get; private set; }

    public ChannelId Elsewhere { get; private set; }

    public StoryId Story { get; private set; }

    public ulong Card { get; private set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="kind">Of the channel in Discord.</param>
    /// <param name="limits">Of the emulated Discord; null for none.</param>
    public static async Task<CopyStage> OpenAsync(string kind = "text", FakeLimits? limits = null)
    {
        var stage = new CopyStage(await EmulatedDesk.OpenAsync(limits ?? FakeLimits.Unlimited()));
        var places = stage.Server.Channels;
        stage.Place = kind == "forum" ? places.Forum : places.Text;
        stage.Channel = stage.Emulated.Add(stage.Place, kind);
        stage.Elsewhere = stage.Emulated.Desk.Channel("elsewhere");
        stage.Emulated.Desk.Run("UPDATE channel SET mirror = 'two-way'");
        // Its readers have no pages, so that nothing of a text is a link.
        stage.Emulated.Desk.Run(
            "UPDATE channel SET publication = 'off' WHERE id = @Id",
            new { Id = stage.Channel.Value }
        );
        stage.Story = stage.Emulated.Desk.Story("Harbour bridge opens");
        await stage.Emulated.Desk.OutboxAsync(async connection =>
            await Outbox.CreateAsync(
                connection,
                new PostDraft(
                    stage.Channel,
                    PostSubject.Of(stage.Story),
                    0,
                    await StoryCards.LoadAsync(connection, stage.Story, stage.Channel),
                    stage.Emulated.Desk.Now
                )
            )
        );
        await stage.Emulated.SendAsync();
        stage.Card = ulong.Parse(
            stage.Emulated.Desk.Word("SELECT message_id FROM post WHERE operation = 'create'")!,
            CultureInfo.InvariantCulture
        );
        return stage;
    }

    public ValueTask DisposeAsync() => Emulated.DisposeAsync();

    /// <summary>Somebody writes below the story, elsewhere.</summary>
    /// <returns>The comment's number.</returns>
    public async Task<int> SayAsync(string text, string author = "Inês", int parent = 0)
    {
        var desk = Emulated.Desk;
        var member = desk.Member(author);
        var entry = await desk.Database.WriteAsync(
            connection =>
                CommentLedger.ApplyAsync(
                    connection,
                    new ReplyEvent.Created(Elsewhere, $"w{++_written}", desk.Now.Ms(), Story, parent, member.Id, text),
                    desk.Now
                ),
            Token
        );
        return entry!.Number;
    }

    /// <summary>Somebody writes, and it is copied.</summary>
    public async Task<StoredMessage> CopyAsync(string text, string author = "Inês", int parent = 0)
    {
        await SayAsync(text, author, parent);
        await Emulated.SendAsync();
        return Copies[^1];
    }

    /// <summary>Sends until nothing waits any more, whatever had to be put off.</summary>
    public async Task SendAllAsync()
    {
        for (var turn = 0; turn < 100; turn++)
        {
            await Emulated.SendAsync();
            if (Emulated.Desk.Number("SELECT COUNT(*) FROM post WHERE state = 'waiting'") == 0)
            {
                return;
            }

            Emulated.Desk.Time.Advance(TimeSpan.FromHours(1));
            // What the publisher itself puts off goes by the clock of the emulated Discord.
            Emulated.Desk.Run("UPDATE thread SET next_try_at = NULL; UPDATE discord_webhook SET not_before = NULL");
        }

        Assert.Fail("Something waits for ever.");
    }

    /// <summary>Brings the copy of a comment up to date with its row.</summary>
    public Task EditAsync(int number, string sql)
    {
        Emulated.Desk.Run($"UPDATE comment SET {sql} WHERE number = @number", new { number });
        return Emulated.Desk.OutboxAsync(connection =>
            Outbox.EditAsync(connection, Draft(number) with { IsEditedAnyway = true })
        );
    }

    public Task DeleteAsync(int number) =>
        Emulated.Desk.OutboxAsync(connection => Outbox.DeleteAsync(connection, Draft(number)));

    /// <summary>People's and our messages in the story's thread, oldest first.</summary>
    public IReadOnlyList<StoredMessage> Copies
    {
        get
        {
            lock (Server.State.Sync)
            {
                return Server.State.World.Messages.TryGetValue(Card, out var thread)
                    ? [.. thread.Values.Where(message => message.Type is 0 or 19 && message.Id != Card)]
                    : [];
            }
        }
    }

    public string? StateOf(int number, string operation = "create") =>
        Emulated.Desk.Word(
            "SELECT state FROM post WHERE subject = @Subject AND operation = @operation",
            new { Subject = SubjectOf(number).Value, operation }
        );

    public string? Word(string sql) => Emulated.Desk.Word(sql);

    public long Number(string sql) => Emulated.Desk.Number(sql);

    /// <summary>As after a process that ended between Discord's answer and its own note of it.</summary>
    /// <param name="number">The comment's number.</param>
    /// <param name="triedAt">What the clock said when it was first tried; null for long ago.</param>
    public void Forget(int number, DateTimeOffset? triedAt = null) =>
        Emulated.Desk.Run(
            """
            UPDATE post SET state = 'waiting', message_id = NULL, attempts = 1, first_tried_at = @Tried
            WHERE subject = @Subject AND operation = 'create'
            """,
            new { Subject = SubjectOf(number).Value, Tried = triedAt?.ToUnixTimeMilliseconds() ?? 1 }
        );

    public IReadOnlyList<StoredWebhook> Webhooks
    {
        get
        {
            lock (Server.State.Sync)
            {
                return [.. Server.State.World.Webhooks.Values.Where(webhook => webhook.ChannelId == Place)];
            }
        }
    }

    private PostSubject SubjectOf(int number) =>
        PostSubject.Comment(Emulated.Desk.Number("SELECT id FROM comment WHERE number = @number", new { number }));

    private PostDraft Draft(int number) =>
        new(Channel, SubjectOf(number), 0, new PostBody.Copy(Story, number), Emulated.Desk.Now);
}
