using NewsBot.Testing.Servers.Limits;

namespace NewsBot.Testing.Servers.FakeDiscord;

/// <summary>All rate limits of a fake Discord. Humans meet none of them.</summary>
public sealed class FakeLimits
{
    /// <summary>All requests of the bot together, save those of interactions.</summary>
    public FakeLimit Global { get; set; } = Per(50, 1);

    /// <summary>Messages created, per channel.</summary>
    public FakeLimit Create { get; set; } = Per(5, 5);

    /// <summary>Messages edited, per channel.</summary>
    public FakeLimit Edit { get; set; } = Per(5, 5);

    /// <summary>Messages deleted, per channel.</summary>
    public FakeLimit Delete { get; set; } = Per(5, 1);

    /// <summary>Messages deleted that are over two weeks old, per channel.</summary>
    public FakeLimit DeleteOld { get; set; } = Per(30, 120);

    /// <summary>History read, per channel.</summary>
    public FakeLimit Read { get; set; } = Per(50, 5);

    /// <summary>Threads and forum posts opened, per channel.</summary>
    public FakeLimit Threads { get; set; } = Per(10, 10);

    /// <summary>Channels and threads changed, each by itself.</summary>
    public FakeLimit ChannelChange { get; set; } = Per(5, 5);

    /// <summary>Renames of a channel or thread; no header tells of it.</summary>
    public FakeLimit Rename { get; set; } = Per(2, 600);

    /// <summary>Reactions set and taken away, per channel.</summary>
    public FakeLimit Reaction { get; set; } = new(1, TimeSpan.FromMilliseconds(250));

    /// <summary>Executions of one webhook.</summary>
    public FakeLimit Webhook { get; set; } = Per(5, 2);

    /// <summary>Executions of all webhooks of a channel; no header tells of it.</summary>
    public FakeLimit WebhookHidden { get; set; } = Per(30, 60);

    /// <summary>Edits of one message that is over an hour old; beyond them code 30046.</summary>
    public FakeLimit EditOld { get; set; } = Per(30, 3600);

    /// <summary>Every other route, per route and channel or guild.</summary>
    public FakeLimit Other { get; set; } = Per(20, 5);

    /// <summary>Answers 401, 403 and 429 (save of scope "shared") before the address is locked out.</summary>
    public FakeLimit Invalid { get; set; } = Per(10_000, 600);

    /// <summary>Threads that may be open at once in a guild; beyond them code 160006.</summary>
    public int ActiveThreads { get; set; } = 1000;

    /// <summary>No limit at all.</summary>
    public static FakeLimits Unlimited() =>
        new()
        {
            Global = FakeLimit.None,
            Create = FakeLimit.None,
            Edit = FakeLimit.None,
            Delete = FakeLimit.None,
            DeleteOld = FakeLimit.None,
            Read = FakeLimit.None,
            Threads = FakeLimit.None,
            ChannelChange = FakeLimit.None,
            Rename = FakeLimit.None,
            Reaction = FakeLimit.None,
            Webhook = FakeLimit.None,
            WebhookHidden = FakeLimit.None,
            EditOld = FakeLimit.None,
            Other = FakeLimit.None,
            Invalid = FakeLimit.None,
        };

    private static FakeLimit Per(int count, int seconds) => new(count, TimeSpan.FromSeconds(seconds));
}
