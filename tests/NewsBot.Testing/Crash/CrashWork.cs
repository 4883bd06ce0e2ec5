namespace NewsBot.Testing.Crash;

/// <summary>What has to happen in the world for a step to be reached.</summary>
[Flags]
internal enum CrashWork
{
    None = 0,
    Story = 1,
    Digest = 2,
    ReplyAtDiscord = 4,
    ReplyAtSlack = 8,
    ReplyOnWeb = 16,
    Edit = 32,
    Delete = 64,

    Replies = ReplyAtDiscord | ReplyAtSlack | ReplyOnWeb,

    /// <summary>What is done once for a channel or a workspace: nothing else happens meanwhile.</summary>
    First = 128,
}
